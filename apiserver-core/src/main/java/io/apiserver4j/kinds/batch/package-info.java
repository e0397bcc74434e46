// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of the group batch: jobs ({@code JobRules}) and cron jobs ({@code CronJobRules}). Nothing here knows of requests, stores or
 * other objects than the one that is written; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.batch;

import org.jspecify.annotations.NullMarked;
