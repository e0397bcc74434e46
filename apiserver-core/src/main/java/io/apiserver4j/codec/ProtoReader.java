// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a protobuf message from a part of an array. Faults are those of the decoder that Kubernetes is built
 * with, in its words. Belongs to one thread.
 */
final class ProtoReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    int position() {
        return at;
    }

    byte[] array() {
        return bytes;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            if (shift >= 64) {
                throw new DecodeException("proto: integer overflow");
            }
            if (at >= end) {
                throw new DecodeException("unexpected EOF");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    double real() {
        need(8);
        long bits = 0;
        for (int i = 7; i >= 0; i--) {
            bits = bits << 8 | bytes[at + i] & 0xff;
        }
        at += 8;
        return Double.longBitsToDouble(bits);
    }

    /** Reads a length, steps over what has it, and gives a reader of just that. */
    ProtoReader nested() {
        int length = length();
        ProtoReader inner = new ProtoReader(bytes, at, at + length);
        at += length;
        return inner;
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] bytes() {
        int length = length();
        byte[] out = new byte[length];
        System.arraycopy(bytes, at, out, 0, length);
        at += length;
        return out;
    }

    /** What is left of this part. */
    byte[] rest() {
        byte[] out = new byte[end - at];
        System.arraycopy(bytes, at, out, 0, out.length);
        at = end;
        return out;
    }

    private int length() {
        long length = varint();
        if ((int) length < 0 || length != (int) length) {
            throw new DecodeException("proto: negative length found during unmarshaling");
        }
        need((int) length);
        return (int) length;
    }

    private void need(int size) {
        if (end - at < size) {
            throw new DecodeException("unexpected EOF");
        }
    }

    /** Checks a tag that was read; the message's name is for the fault. */
    static int number(long tag, String message) {
        int wireType = (int) tag & 7;
        int number = (int) (tag >>> 3);
        if (wireType == 4) {
            throw new DecodeException("proto: " + message + ": wiretype end group for non-group");
        }
        if (number <= 0) {
            throw new DecodeException("proto: " + message + ": illegal tag " + number + " (wire type " + tag + ")");
        }
        return number;
    }

    /** Steps over a field that nobody knows. */
    void skip(long tag) {
        switch ((int) tag & 7) {
            case 0 -> varint();
            case 1 -> {
                need(8);
                at += 8;
            }
            case 2 -> {
                int length = length();
                at += length;
            }
            case 3 -> {
                while (true) {
                    long inner = varint();
                    if ((inner & 7) == 4) {
                        return;
                    }
                    skip(inner);
                }
            }
            case 5 -> {
                need(4);
                at += 4;
            }
            default -> throw new DecodeException("proto: illegal wireType " + (tag & 7));
        }
    }
}
