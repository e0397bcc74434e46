// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a protobuf message from its end to its start, so that the length of what is nested is known when it is needed:
 * fields are put in falling order of their numbers, each by its value first and then its tag. Belongs to one thread.
 */
final class ProtoWriter {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;

    private byte[] buffer;
    private int start;

    ProtoWriter(int capacity) {
        buffer = new byte[Math.max(capacity, 64)];
        start = buffer.length;
    }

    /** Bytes so far; the difference of two marks is the length of what was written between them. */
    int mark() {
        return buffer.length - start;
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }

    /** Puts the length since a mark and the tag before a nested message that was just written. */
    void message(int number, int mark) {
        varint(mark() - mark);
        tag(number, BYTES);
    }

    void text(int number, String text) {
        int mark = mark();
        utf8(text);
        message(number, mark);
    }

    void bytes(int number, byte[] bytes) {
        raw(bytes, 0, bytes.length);
        varint(bytes.length);
        tag(number, BYTES);
    }

    void integer(int number, long value) {
        varint(value);
        tag(number, VARINT);
    }

    void flag(int number, boolean value) {
        integer(number, value ? 1 : 0);
    }

    void real(int number, double value) {
        long bits = Double.doubleToLongBits(value);
        room(8);
        for (int i = 7; i >= 0; i--) {
            buffer[--start] = (byte) (bits >>> 8 * i);
        }
        tag(number, FIXED64);
    }

    void raw(byte[] bytes, int offset, int length) {
        room(length);
        start -= length;
        System.arraycopy(bytes, offset, buffer, start, length);
    }

    private void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    private void varint(long value) {
        if (value >= 0 && value < 0x80) {
            room(1);
            buffer[--start] = (byte) value;
            return;
        }
        int size = (63 - Long.numberOfLeadingZeros(value)) / 7 + 1;
        room(size);
        start -= size;
        long rest = value;
        for (int i = 0; i < size - 1; i++) {
            buffer[start + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[start + size - 1] = (byte) rest;
    }

    private void utf8(String text) {
        int length = text.length();
        room(length);
        int at = start - length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                raw(bytes, 0, bytes.length);
                return;
            }
            buffer[at + i] = (byte) c;
        }
        start = at;
    }

    private void room(int more) {
        if (start < more) {
            int used = mark();
            byte[] larger = new byte[Math.max(buffer.length * 2, used + more)];
            System.arraycopy(buffer, start, larger, larger.length - used, used);
            buffer = larger;
            start = larger.length - used;
        }
    }
}
