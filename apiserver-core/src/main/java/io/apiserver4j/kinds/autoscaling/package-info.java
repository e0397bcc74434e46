// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of horizontal pod autoscalers ({@code HorizontalPodAutoscalerRules}), which are kept in version 2. Nothing here knows of
 * requests, stores or other objects than the one that is written; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.autoscaling;

import org.jspecify.annotations.NullMarked;
