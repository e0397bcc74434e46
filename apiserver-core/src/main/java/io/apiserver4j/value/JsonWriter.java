// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes trees as compact JSON in UTF-8, members in their order, with the escapes that Go's encoder makes: {@code <},
 * {@code >}, {@code &} and the line separators U+2028 and U+2029 are written as escapes. Not safe for use by several threads.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (int c = 0x20; c < 0x80; c++) {
            PLAIN[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        }
    }

    private byte[] buffer;
    private int size;

    /** A writer with room for about {@code capacity} bytes at first. */
    public JsonWriter(int capacity) {
        buffer = new byte[Math.max(capacity, 64)];
    }

    /** The bytes of one tree. */
    public static byte[] toBytes(Value value) {
        JsonWriter writer = new JsonWriter(1024);
        writer.write(value);
        return writer.toByteArray();
    }

    /** The text of one tree. */
    public static String toString(Value value) {
        JsonWriter writer = new JsonWriter(256);
        writer.write(value);
        return new String(writer.buffer, 0, writer.size, StandardCharsets.UTF_8);
    }

    /** Appends one tree. */
    public void write(Value value) {
        if (value instanceof ObjectValue object) {
            writeByte('{');
            for (int i = 0; i < object.size(); i++) {
                if (i > 0) {
                    writeByte(',');
                }
                writeText(object.keyAt(i));
                writeByte(':');
                write(object.valueAt(i));
            }
            writeByte('}');
        } else if (value instanceof StringValue text) {
            writeText(text.value());
        } else if (value instanceof ArrayValue array) {
            writeByte('[');
            for (int i = 0; i < array.size(); i++) {
                if (i > 0) {
                    writeByte(',');
                }
                write(array.get(i));
            }
            writeByte(']');
        } else if (value instanceof NumberValue number) {
            writeAscii(number.canonical());
        } else if (value instanceof BooleanValue flag) {
            writeBytes(flag.value() ? TRUE : FALSE);
        } else {
            writeBytes(NULL);
        }
    }

    /** Appends one text as a JSON string, with quotes. */
    public void writeText(String text) {
        int length = text.length();
        ensure(length * 6 + 2);
        byte[] out = buffer;
        int at = size;
        out[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (PLAIN[c]) {
                    out[at++] = (byte) c;
                } else {
                    at = escape(out, at, c);
                }
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3f);
            } else if (c == '\u2028' || c == '\u2029') {
                at = unicode(out, at, c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xf0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                out[at++] = (byte) (0x80 | point & 0x3f);
            } else {
                char shown = Character.isSurrogate(c) ? '\ufffd' : c;
                out[at++] = (byte) (0xe0 | shown >> 12);
                out[at++] = (byte) (0x80 | shown >> 6 & 0x3f);
                out[at++] = (byte) (0x80 | shown & 0x3f);
            }
        }
        out[at++] = '"';
        size = at;
    }

    private static int escape(byte[] out, int start, char c) {
        int at = start;
        switch (c) {
            case '"', '\\' -> {
                out[at++] = '\\';
                out[at++] = (byte) c;
            }
            case '\n' -> {
                out[at++] = '\\';
                out[at++] = 'n';
            }
            case '\r' -> {
                out[at++] = '\\';
                out[at++] = 'r';
            }
            case '\t' -> {
                out[at++] = '\\';
                out[at++] = 't';
            }
            case '\b' -> {
                out[at++] = '\\';
                out[at++] = 'b';
            }
            case '\f' -> {
                out[at++] = '\\';
                out[at++] = 'f';
            }
            default -> at = unicode(out, at, c);
        }
        return at;
    }

    private static int unicode(byte[] out, int start, char c) {
        int at = start;
        out[at++] = '\\';
        out[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[at++] = HEX[c >> shift & 0xf];
        }
        return at;
    }

    /** Appends one raw byte. */
    public void writeByte(int b) {
        if (size == buffer.length) {
            ensure(1);
        }
        buffer[size++] = (byte) b;
    }

    /** Appends raw bytes. */
    public void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    /** Appends a part of raw bytes. */
    public void writeBytes(byte[] bytes, int offset, int length) {
        ensure(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /** Appends raw text of ASCII characters. */
    @SuppressWarnings("deprecation") // the one fast way from an ASCII text to bytes
    public void writeAscii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), buffer, size);
        size += text.length();
    }

    /** Number of bytes so far. */
    public int size() {
        return size;
    }

    /** A copy of the bytes so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
