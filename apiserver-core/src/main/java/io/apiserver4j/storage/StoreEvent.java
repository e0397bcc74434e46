// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import org.jspecify.annotations.Nullable;

/**
 * A change of one key, as told to a {@link FeedListener}. A store that cannot tell the previous entry ends the feed as
 * compacted.
 */
public sealed interface StoreEvent {

    String key();

    /** The revision of the change; several events may have the same. */
    long revision();

    /** The entry before the change; null where the key was not there. */
    @Nullable
    Entry previous();

    /** The key was made ({@code previous} is null) or has a new value. */
    record Put(Entry entry, @Nullable Entry previous) implements StoreEvent {

        @Override
        public String key() {
            return entry.key();
        }

        @Override
        public long revision() {
            return entry.modRevision();
        }
    }

    /** The key was removed, or has expired. */
    record Delete(String key, long revision, Entry previous) implements StoreEvent {}
}
