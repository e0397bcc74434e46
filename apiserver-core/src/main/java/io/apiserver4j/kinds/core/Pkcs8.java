// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings private keys into the one form that the JDK reads (PKCS #8): keys of RSA (PKCS #1) and of elliptic curves (SEC 1)
 * are wrapped, nothing is checked.
 */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int IDENTIFIER = 0x06;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pkcs8() {}

    /** The forms that a key could be meant in, as it is first. */
    static List<byte[]> candidates(byte[] key, String algorithm) {
        return switch (algorithm) {
            case "RSA" -> List.of(key, wrapped(RSA, key));
            case "EC" -> {
                byte[] curve = curve(key);
                yield curve == null ? List.of(key) : List.of(key, wrapped(joined(EC, curve), key));
            }
            default -> List.of(key);
        };
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, joined(VERSION, tagged(SEQUENCE, algorithm), tagged(OCTETS, key)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The identifier of the curve within a key of SEC 1, with its tag; null where there is none. */
    private static byte @Nullable [] curve(byte[] key) {
        int at = 0;
        int[] outer = header(key, at);
        if (outer == null || (key[0] & 0xff) != SEQUENCE) {
            return null;
        }
        at = outer[0];
        while (at < key.length) {
            int[] member = header(key, at);
            if (member == null) {
                return null;
            }
            int end = member[0] + member[1];
            if ((key[at] & 0xff) == PARAMETERS && end <= key.length && (key[member[0]] & 0xff) == IDENTIFIER) {
                byte[] out = new byte[member[1]];
                System.arraycopy(key, member[0], out, 0, out.length);
                return out;
            }
            at = end;
        }
        return null;
    }

    /** Where the content of an element begins and how long it is; null where there is no element. */
    private static int @Nullable [] header(byte[] text, int at) {
        if (at + 2 > text.length) {
            return null;
        }
        int first = text[at + 1] & 0xff;
        if (first < 0x80) {
            return new int[] {at + 2, first};
        }
        int count = first & 0x7f;
        if (count > 2 || at + 2 + count > text.length) {
            return null;
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | text[at + 2 + i] & 0xff;
        }
        return new int[] {at + 2 + count, length};
    }
}
