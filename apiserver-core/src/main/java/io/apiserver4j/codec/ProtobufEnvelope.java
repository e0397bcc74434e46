// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;

/**
 * The wrapper around protobuf bodies and stored objects: four magic bytes, then a message (runtime.Unknown) with the type and
 * the bytes of the object.
 *
 * @param apiVersion as written, possibly empty
 * @param kindName as written, possibly empty
 * @param array where the object's bytes are
 * @param start of the object's bytes
 * @param end of the object's bytes
 * @param contentType of the object's bytes, empty for protobuf
 */
public record ProtobufEnvelope(
        String apiVersion, String kindName, byte[] array, int start, int end, String contentType) {
    private static final byte[] PREFIX = {0x6b, 0x38, 0x73, 0x00};

    /** True where bytes begin as an envelope. */
    public static boolean hasPrefix(byte[] bytes) {
        if (bytes.length < PREFIX.length) {
            return false;
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (bytes[i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads an envelope; the object's bytes stay where they are. Throws {@link DecodeException}. */
    public static ProtobufEnvelope read(byte[] bytes) {
        if (bytes.length == 0) {
            throw new DecodeException("empty data");
        }
        if (!hasPrefix(bytes)) {
            throw new DecodeException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        if (bytes.length == PREFIX.length) {
            throw new DecodeException("empty body");
        }
        String apiVersion = "";
        String kind = "";
        String contentType = "";
        int start = 0;
        int end = 0;
        ProtoReader in = new ProtoReader(bytes, PREFIX.length, bytes.length);
        while (in.hasMore()) {
            long tag = in.varint();
            switch (ProtoReader.number(tag, "Unknown")) {
                case 1 -> {
                    ProtoReader type = in.nested();
                    while (type.hasMore()) {
                        long inner = type.varint();
                        switch (ProtoReader.number(inner, "TypeMeta")) {
                            case 1 -> apiVersion = type.text();
                            case 2 -> kind = type.text();
                            default -> type.skip(inner);
                        }
                    }
                }
                case 2 -> {
                    ProtoReader raw = in.nested();
                    start = raw.position();
                    end = in.position();
                }
                case 3 -> in.nested();
                case 4 -> contentType = in.text();
                default -> in.skip(tag);
            }
        }
        return new ProtobufEnvelope(apiVersion, kind, bytes, start, end, contentType);
    }

    /** The kind as written. */
    public Kind kind() {
        GroupVersion groupVersion = GroupVersion.parse(apiVersion);
        return new Kind(groupVersion.group(), groupVersion.version(), kindName);
    }

    /** A reader of the object's bytes. */
    ProtoReader reader() {
        return new ProtoReader(array, start, end);
    }

    /**
     * Begins an envelope: what comes after the object's bytes. Messages are written from their end, so the object comes next
     * and {@link #finish} last.
     */
    static int begin(ProtoWriter out) {
        out.text(4, "");
        out.text(3, "");
        return out.mark();
    }

    /** Ends an envelope around the object that was written since {@link #begin}. */
    static void finish(ProtoWriter out, int begun, String apiVersion, String kind) {
        out.message(2, begun);
        int mark = out.mark();
        out.text(2, kind);
        out.text(1, apiVersion);
        out.message(1, mark);
        out.raw(PREFIX, 0, PREFIX.length);
    }
}
