// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

/**
 * What to read: a range, how much of it, and as of when.
 *
 * @param range the keys
 * @param limit the greatest number of entries in the page, 0 for no limit
 * @param revision the state to read, 0 for the latest
 * @param keysOnly whether the values are to be left out
 */
public record RangeQuery(KeyRange range, long limit, long revision, boolean keysOnly) {

    public RangeQuery {
        if (limit < 0 || revision < 0) {
            throw new IllegalArgumentException("negative limit " + limit + " or revision " + revision);
        }
    }

    /** The whole range, latest state, with values. */
    public static RangeQuery of(KeyRange range) {
        return new RangeQuery(range, 0, 0, false);
    }

    public RangeQuery withLimit(long newLimit) {
        return new RangeQuery(range, newLimit, revision, keysOnly);
    }

    public RangeQuery atRevision(long newRevision) {
        return new RangeQuery(range, limit, newRevision, keysOnly);
    }

    public RangeQuery onlyKeys() {
        return new RangeQuery(range, limit, revision, true);
    }
}
