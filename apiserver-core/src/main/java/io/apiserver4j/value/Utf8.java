// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.io.ByteArrayOutputStream;

/** Broken UTF-8, which Go's decoder doesn't refuse: each byte that belongs to no character reads as U+FFFD. */
final class Utf8 {
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    private Utf8() {}

    /** The text with its broken bytes replaced, or the same array where there is none. */
    static byte[] repair(byte[] text) {
        ByteArrayOutputStream out = null;
        int copied = 0;
        for (int i = 0; i < text.length; ) {
            int width = width(text, i);
            if (width == 0) {
                if (out == null) {
                    out = new ByteArrayOutputStream(text.length + 16);
                }
                out.write(text, copied, i - copied);
                out.write(REPLACEMENT, 0, REPLACEMENT.length);
                copied = ++i;
            } else {
                i += width;
            }
        }
        if (out == null) {
            return text;
        }
        out.write(text, copied, text.length - copied);
        return out.toByteArray();
    }

    /** Bytes of the character at a position, or 0 where there is none. */
    private static int width(byte[] text, int at) {
        int first = text[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + width > text.length) {
            return 0;
        }
        int second = text[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int k = 2; k < width; k++) {
            if ((text[at + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return width;
    }
}
