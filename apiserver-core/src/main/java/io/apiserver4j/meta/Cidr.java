// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address with the length of its network's prefix: a network, or an address in one. */
public final class Cidr {
    private final IpAddress address;
    private final int bits;
    private final boolean leadingZeros;

    private Cidr(IpAddress address, int bits, boolean leadingZeros) {
        this.address = address;
        this.bits = bits;
        this.leadingZeros = leadingZeros;
    }

    /** Reads {@code 10.0.0.0/8}, or null where the text is no such thing. As lenient as {@link IpAddress#parse}. */
    public static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.parse(text.substring(0, slash));
        if (address == null) {
            return null;
        }
        String length = text.substring(slash + 1);
        int maximum = address.isLongForm() ? 128 : 32;
        int bits = 0;
        for (int i = 0; i < length.length(); i++) {
            char c = length.charAt(i);
            bits = bits * 10 + c - '0';
            if (c < '0' || c > '9' || bits > maximum) {
                return null;
            }
        }
        if (length.isEmpty()) {
            return null;
        }
        boolean zeros = address.hasLeadingZeros() || length.length() > 1 && length.charAt(0) == '0';
        return new Cidr(address, address.isLongForm() ? bits : bits + 96, zeros);
    }

    /** The network of an address and a prefix. */
    public static Cidr of(IpAddress address, int prefixLength) {
        return new Cidr(address, address.isIpv4() ? prefixLength + 96 : prefixLength, false);
    }

    /** The address as it was written. */
    public IpAddress address() {
        return address;
    }

    /** The lowest address of the network. */
    public IpAddress base() {
        byte[] masked = address.longBytes().clone();
        for (int i = 0; i < 16; i++) {
            masked[i] &= (byte) (0xff << Math.max(0, Math.min(8, 8 * (i + 1) - bits)));
        }
        return IpAddress.of(masked);
    }

    /** True where the network is one of IPv4. */
    public boolean isIpv4() {
        return bits >= 96 && address.isIpv4();
    }

    /** Length of the prefix: to 32, or to 128. */
    public int prefixLength() {
        return isIpv4() ? bits - 96 : bits;
    }

    /** Length of the prefix as it was written. */
    int writtenLength() {
        return address.isLongForm() ? bits : bits - 96;
    }

    /** True where the text had zeros before numbers. */
    public boolean hasLeadingZeros() {
        return leadingZeros;
    }

    /** True where an address, of the same family, is in the network. */
    public boolean contains(IpAddress other) {
        return isIpv4() == other.isIpv4() && new Cidr(other, bits, false).base().equals(base());
    }

    /** The canonical text of the network. */
    @Override
    public String toString() {
        return base() + "/" + prefixLength();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr that
                && bits == that.bits
                && Arrays.equals(base().longBytes(), that.base().longBytes());
    }

    @Override
    public int hashCode() {
        return base().hashCode() * 31 + bits;
    }
}
