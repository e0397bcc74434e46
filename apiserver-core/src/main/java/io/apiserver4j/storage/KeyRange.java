// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys from one (inclusive) to another (exclusive).
 *
 * @param from the first key that may be in the range
 * @param to the first key behind the range, or null where it has no end
 */
public record KeyRange(String from, @Nullable String to) {

    /** Every key. */
    public static KeyRange all() {
        return new KeyRange("", null);
    }

    /** This key alone. */
    public static KeyRange single(String key) {
        return new KeyRange(key, key + '\0');
    }

    /** All keys that start with the prefix; with an empty one, every key. */
    public static KeyRange prefix(String prefix) {
        if (prefix.isEmpty()) {
            return all();
        }
        int last = prefix.length() - 1;
        return new KeyRange(prefix, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }

    /** All keys from one to just before another; none where the second is not behind the first. */
    public static KeyRange between(String from, String to) {
        return new KeyRange(from, to);
    }

    /**
     * The part of this range that starts at the key, or this range where the key is before it: for the next page of a
     * list.
     */
    public KeyRange startingAt(String key) {
        return key.compareTo(from) <= 0 ? this : new KeyRange(key, to);
    }

    public boolean contains(String key) {
        return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange that && from.equals(that.from) && Objects.equals(to, that.to);
    }

    @Override
    public int hashCode() { // by hand: a record's own is linked at run time, which costs a start milliseconds
        return 31 * from.hashCode() + Objects.hashCode(to);
    }

    /** Whether no key can be in this range. */
    public boolean isEmpty() {
        return to != null && from.compareTo(to) >= 0;
    }
}
