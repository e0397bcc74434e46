// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

/** A running watch. */
public interface StoreFeed extends AutoCloseable {

    /**
     * The revision of the store up to which everything in the range has been given to the listener, and the listener
     * has returned. Never goes back. In a store that knows what is outside the range it moves with every commit; in
     * others with events and progress.
     */
    long deliveredRevision();

    /** Asks for progress as {@link KeyValueStore#requestProgress} does, for this feed alone. */
    void requestProgress();

    /**
     * Ends the feed: the listener gets {@code onEnd(null)}, soon if not before this returns. One callback that is
     * running already may still finish. Closing again, or after the end, does nothing.
     */
    @Override
    void close();
}
