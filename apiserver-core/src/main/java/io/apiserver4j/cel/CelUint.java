// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/** An unsigned integer of 64 bits. */
public record CelUint(long bits) implements Comparable<CelUint> {
    @Override
    public int compareTo(CelUint other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
