// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import java.util.function.Predicate;

/**
 * What a list asks for.
 *
 * @param namespace the namespace, empty for all
 * @param filter which objects
 * @param filtered true where the filter can leave objects out (then the number of remaining ones is not known)
 * @param limit how many objects at the most, 0 for all
 * @param match how the revision is meant
 * @param revision the revision, 0 where none was named
 * @param startKey the first key of a page that continues a list, relative to the resource's prefix; empty for the first page
 */
public record ListQuery(
        String namespace,
        Predicate<StoredObject> filter,
        boolean filtered,
        long limit,
        Match match,
        long revision,
        String startKey) {
    /** How the revision of a list is meant. */
    public enum Match {
        /** As new as the store is now. */
        LATEST,
        /** Whatever is at hand. */
        ANY,
        /** At that revision or any later one. */
        NOT_OLDER,
        /** At exactly that revision. */
        EXACT
    }
}
