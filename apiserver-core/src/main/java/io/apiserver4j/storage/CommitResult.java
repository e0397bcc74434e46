// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import org.jspecify.annotations.Nullable;

/** How a commit ended. */
public sealed interface CommitResult {

    /**
     * The write happened.
     *
     * @param revision the revision it has
     * @param previous the entry that was removed, by a delete; after a put, the entry that was replaced or null: a
     *     store may leave it out, as the writer mostly knows it
     */
    record Committed(long revision, @Nullable Entry previous) implements CommitResult {}

    /**
     * The precondition did not hold, or there was nothing to delete; nothing changed.
     *
     * @param current what stood in the way, null where there is no such key
     */
    record Conflict(@Nullable Entry current) implements CommitResult {}
}
