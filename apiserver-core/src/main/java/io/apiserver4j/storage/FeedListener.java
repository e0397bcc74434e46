// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of a {@link StoreFeed}.
 *
 * <p>Callbacks of one feed come one at a time, each seeing what the one before left, but on changing threads: often the
 * thread of some writer. They must be quick and never block; work that may take time belongs into a queue. They may
 * call the store. A listener that throws ends its own feed (with {@code UNAVAILABLE}, what it threw being the cause)
 * and disturbs nobody else.
 */
public interface FeedListener {

    /** What happened, in order of revision; never empty, unmodifiable, and often shared with other listeners. */
    void onEvents(List<StoreEvent> events);

    /**
     * Everything in the range up to and including this revision has been delivered. Comes after a {@linkplain
     * KeyValueStore#requestProgress request}, and whenever else the store likes; never goes back.
     */
    default void onProgress(long revision) {}

    /**
     * The feed is over; called exactly once, and nothing is called afterwards.
     *
     * @param cause null where {@link StoreFeed#close} ended it
     */
    void onEnd(@Nullable StoreException cause);
}
