// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key with one of its values.
 *
 * @param key the key
 * @param value the bytes; shared with everyone who has this entry, never to be changed; empty where only keys were
 *     asked for
 * @param createRevision the revision that made the key, after its last removal
 * @param modRevision the revision that wrote this value
 * @param version how many values the key has had since it was made: 1 for the first
 * @param lease 0 for an entry that stays; otherwise a number of the store's own that says that the entry will expire,
 *     and nothing more
 */
public record Entry(String key, byte[] value, long createRevision, long modRevision, long version, long lease) {

    /** Equal where all parts are, the value by its bytes. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Entry that
                        && modRevision == that.modRevision
                        && createRevision == that.createRevision
                        && version == that.version
                        && lease == that.lease
                        && key.equals(that.key)
                        && Arrays.equals(value, that.value);
    }

    /** Consistent with equals; does not read the value, as revision and key nearly always tell entries apart. */
    @Override
    public int hashCode() {
        return Objects.hash(key, modRevision);
    }

    /** Key and revisions, with the size of the value in place of its bytes, which may be secret. */
    @Override
    public String toString() {
        return key + "@" + modRevision + " (created " + createRevision + ", version " + version
                + (lease == 0 ? "" : ", expires") + ", " + value.length + " bytes)";
    }
}
