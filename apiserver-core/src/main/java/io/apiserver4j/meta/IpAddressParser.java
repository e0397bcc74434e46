// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads addresses as Go did before it refused leading zeros, and remembers whether there were some. */
final class IpAddressParser {
    private final String text;
    private int at;
    private boolean leadingZeros;

    IpAddressParser(String text) {
        this.text = text;
    }

    @Nullable
    IpAddress shortForm() {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        return dotted(bytes, 12) ? IpAddress.parsed(bytes, false, leadingZeros) : null;
    }

    /** Four numbers up to the end of the text. */
    private boolean dotted(byte[] bytes, int to) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                if (at >= text.length() || text.charAt(at) != '.') {
                    return false;
                }
                at++;
            }
            int start = at;
            int number = number(10);
            if (number < 0 || number > 0xff) {
                return false;
            }
            leadingZeros |= at - start > 1 && text.charAt(start) == '0';
            bytes[to + i] = (byte) number;
        }
        return at == text.length();
    }

    /** The number at this place, or -1 where there is none or it is far too large. */
    private int number(int radix) {
        int number = 0;
        int start = at;
        while (at < text.length()) {
            int digit = text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), radix) : -1;
            if (digit < 0) {
                break;
            }
            number = number * radix + digit;
            if (number >= 0xffffff) {
                return -1;
            }
            at++;
        }
        return at == start ? -1 : number;
    }

    @Nullable
    IpAddress longForm() {
        byte[] bytes = new byte[16];
        int gap = -1;
        int size = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (size < 16 && at < text.length()) {
            int start = at;
            int number = number(16);
            if (number < 0 || number > 0xffff) {
                return null;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                at = start;
                if (gap < 0 && size != 12 || size > 12 || !dotted(bytes, size)) {
                    return null;
                }
                size += 4;
                break;
            }
            leadingZeros |= at - start > 4;
            bytes[size++] = (byte) (number >> 8);
            bytes[size++] = (byte) number;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at) != ':' || at == text.length() - 1) {
                return null;
            }
            at++;
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = size;
                at++;
            }
        }
        if (at < text.length() || (gap < 0) != (size == 16)) {
            return null;
        }
        if (gap >= 0) {
            System.arraycopy(bytes, gap, bytes, 16 - (size - gap), size - gap);
            Arrays.fill(bytes, gap, 16 - (size - gap), (byte) 0);
        }
        return IpAddress.parsed(bytes, true, leadingZeros);
    }
}
