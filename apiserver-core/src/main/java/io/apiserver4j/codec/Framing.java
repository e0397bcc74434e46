// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.nio.charset.StandardCharsets;

/**
 * How the events of a watch are cut: JSON as one object a line, protobuf as messages behind four bytes of length. The object
 * of an event comes encoded, so that all watchers can share its bytes.
 */
public final class Framing {
    private static final byte[] TYPE = ascii("{\"type\":\"");
    private static final byte[] OBJECT = ascii("\",\"object\":");
    private static final byte[] END = ascii("}\n");

    private Framing() {}

    /**
     * One frame.
     *
     * @param type the media type; one that streams
     * @param eventType ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
     * @param object the object's own body in that media type: for JSON compact, with or without line break
     */
    public static byte[] frame(MediaType type, String eventType, byte[] object) {
        return switch (type) {
            case JSON -> json(eventType, object);
            case PROTOBUF -> protobuf(eventType, object);
            case YAML -> throw new IllegalArgumentException("a watch has no YAML form");
        };
    }

    private static byte[] json(String eventType, byte[] object) {
        int length = object.length > 0 && object[object.length - 1] == '\n' ? object.length - 1 : object.length;
        byte[] name = ascii(eventType);
        byte[] out = new byte[TYPE.length + name.length + OBJECT.length + length + END.length];
        int at = put(out, 0, TYPE, TYPE.length);
        at = put(out, at, name, name.length);
        at = put(out, at, OBJECT, OBJECT.length);
        at = put(out, at, object, length);
        put(out, at, END, END.length);
        return out;
    }

    private static byte[] protobuf(String eventType, byte[] object) {
        ProtoWriter out = new ProtoWriter(object.length + eventType.length() + 32);
        int mark = out.mark();
        out.bytes(1, object);
        out.message(2, mark);
        out.text(1, eventType);
        int length = out.mark();
        out.raw(
                new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length},
                0,
                4);
        return out.toByteArray();
    }

    private static int put(byte[] out, int at, byte[] part, int length) {
        System.arraycopy(part, 0, out, at, length);
        return at + length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
