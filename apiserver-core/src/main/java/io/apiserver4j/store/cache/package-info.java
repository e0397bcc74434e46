// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * One resource's state and recent past in memory: the watch cache, its persistent snapshots, its window of events and the
 * feeds of watchers.
 *
 * <p>The main type is {@link io.apiserver4j.store.cache.WatchCache}. One feed of the store keeps a cache current however
 * many clients watch; a feed that can't keep up is ended and slows nobody. Safe for use by several threads; callbacks run on
 * the thread that commits (or delivers), so they are short and never block.
 */
@NullMarked
package io.apiserver4j.store.cache;

import org.jspecify.annotations.NullMarked;
