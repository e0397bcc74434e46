// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IP address. Reading is as lenient as Kubernetes' oldest fields are (leading zeros, IPv4 inside IPv6); what the text
 * took advantage of can be asked for. An IPv4 address inside IPv6 ({@code ::ffff:1.2.3.4}) is the IPv4 address.
 */
public final class IpAddress {
    private final byte[] bytes;
    private final boolean longForm;
    private final boolean leadingZeros;

    private IpAddress(byte[] bytes, boolean longForm, boolean leadingZeros) {
        this.bytes = bytes;
        this.longForm = longForm;
        this.leadingZeros = leadingZeros;
    }

    /** Reads an address, or null where the text is none. */
    public static @Nullable IpAddress parse(String text) {
        int dot = text.indexOf('.');
        int colon = text.indexOf(':');
        if (colon < 0) {
            return dot < 0 ? null : new IpAddressParser(text).shortForm();
        }
        return dot >= 0 && dot < colon ? null : new IpAddressParser(text).longForm();
    }

    /** The address of these bytes: 4, or 16. */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == 16) {
            return new IpAddress(bytes.clone(), true, false);
        }
        byte[] all = new byte[16];
        all[10] = all[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, all, 12, 4);
        return new IpAddress(all, false, false);
    }

    static IpAddress parsed(byte[] bytes, boolean longForm, boolean leadingZeros) {
        return new IpAddress(bytes, longForm, leadingZeros);
    }

    /** True for IPv4, also where it was written inside IPv6. */
    public boolean isIpv4() {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /** True where an IPv4 address was written inside IPv6. */
    public boolean isMapped() {
        return longForm && isIpv4();
    }

    /** True where the text had zeros that change the meaning for some readers: {@code 010.0.0.1}. */
    public boolean hasLeadingZeros() {
        return leadingZeros;
    }

    /** The bytes: 4 of IPv4, 16 of IPv6. */
    public byte[] bytes() {
        return isIpv4() ? Arrays.copyOfRange(bytes, 12, 16) : bytes.clone();
    }

    /** The 16 bytes of the long form. */
    byte[] longBytes() {
        return bytes;
    }

    boolean isLongForm() {
        return longForm;
    }

    /** True for 0.0.0.0 and ::. */
    public boolean isUnspecified() {
        for (int i = isIpv4() ? 12 : 0; i < 16; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** True for 127.0.0.0/8 and ::1. */
    public boolean isLoopback() {
        if (isIpv4()) {
            return bytes[12] == 127;
        }
        byte[] one = new byte[16];
        one[15] = 1;
        return Arrays.equals(bytes, one);
    }

    /** True for 169.254.0.0/16 and fe80::/10. */
    public boolean isLinkLocalUnicast() {
        return isIpv4()
                ? (bytes[12] & 0xff) == 169 && (bytes[13] & 0xff) == 254
                : (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    /** True for 224.0.0.0/24 and ff02::/16, whatever its flags. */
    public boolean isLinkLocalMulticast() {
        return isIpv4()
                ? (bytes[12] & 0xff) == 224 && bytes[13] == 0 && bytes[14] == 0
                : (bytes[0] & 0xff) == 0xff && (bytes[1] & 0x0f) == 0x02;
    }

    /** True for 224.0.0.0/4 and ff00::/8. */
    public boolean isMulticast() {
        return isIpv4() ? (bytes[12] & 0xf0) == 0xe0 : (bytes[0] & 0xff) == 0xff;
    }

    /** The canonical text: dotted numbers, or the short form of RFC 5952. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(39);
        if (isIpv4()) {
            for (int i = 12; i < 16; i++) {
                out.append(i > 12 ? "." : "").append(bytes[i] & 0xff);
            }
            return out.toString();
        }
        int gapStart = 0;
        int gap = 1; // a single group of zeros is not left out
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - start > gap) {
                gapStart = start;
                gap = end - start;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (gap > 1 && i == gapStart) {
                out.append("::");
                i += gap - 1;
                continue;
            }
            if (i > 0 && !(gap > 1 && i == gapStart + gap)) {
                out.append(':');
            }
            out.append(Integer.toHexString(group(i)));
        }
        return out.toString();
    }

    private int group(int position) {
        return (bytes[position * 2] & 0xff) << 8 | bytes[position * 2 + 1] & 0xff;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
