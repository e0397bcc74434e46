// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a commit does to its key. */
public sealed interface Write {

    String key();

    static Write put(String key, byte[] value) {
        return new Put(key, value, 0);
    }

    static Write delete(String key) {
        return new Delete(key);
    }

    /**
     * Sets the value.
     *
     * @param value kept as it is, not copied: not to be changed afterwards
     * @param ttlSeconds 0 for an entry that stays; otherwise the entry is removed by the store when at least this time
     *     has passed. Stores may group expiries, and so keep an entry somewhat longer.
     */
    record Put(String key, byte[] value, long ttlSeconds) implements Write {

        public Put {
            if (ttlSeconds < 0) {
                throw new IllegalArgumentException("negative time to live " + ttlSeconds);
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Put that
                    && key.equals(that.key)
                    && ttlSeconds == that.ttlSeconds
                    && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * key.hashCode() + value.length;
        }

        @Override
        public String toString() {
            String ttl = ttlSeconds == 0 ? "" : ", " + ttlSeconds + " s";
            return "put " + key + " (" + value.length + " bytes" + ttl + ")";
        }
    }

    /** Removes the key. */
    record Delete(String key) implements Write {}
}
