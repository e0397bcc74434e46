// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sequence of bytes; the array given is not to be changed any more. */
public final class CelBytes implements Comparable<CelBytes> {
    private final byte[] bytes;

    /** Bytes. */
    public CelBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(CelBytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CelBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
