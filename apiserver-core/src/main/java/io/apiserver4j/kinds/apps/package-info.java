// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of the group apps: deployments, replica sets, stateful sets, daemon sets and the revisions that they keep. Main types: the
 * {@code …Rules} of kinds, which {@code kinds.Strategies} names. Nothing here knows of requests, stores or other objects than the
 * one that is written; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.apps;

import org.jspecify.annotations.NullMarked;
