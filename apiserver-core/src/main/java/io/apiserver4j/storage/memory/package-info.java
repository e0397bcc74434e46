// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The default store: everything on the heap of this process, gone with it. {@link
 * io.apiserver4j.storage.memory.MemoryStore} is the main type; its parts are one concept each: the tree of a state, the
 * log of revisions, past states, expiry, and the hub of feeds.
 *
 * <p>May not know: more than the seam it implements.
 *
 * <p>Threads: writers take one lock for the few hundred nanoseconds of a commit; readers take none; feeds have no
 * threads, the writers carry the events to them after they gave the lock back, without waiting for each other.
 */
@NullMarked
package io.apiserver4j.storage.memory;

import org.jspecify.annotations.NullMarked;
