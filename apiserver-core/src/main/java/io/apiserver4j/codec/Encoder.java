// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.YamlWriter;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects to the bytes of answers. An object is written as the kind that it says it is, so tables, metadata, statuses and
 * lists go the same way. Safe for use by several threads.
 */
public final class Encoder {
    private final Function<Kind, @Nullable Schema> kinds;

    /** An encoder that finds the schemas of built-in kinds for protobuf; null for kinds that have none. */
    public Encoder(Function<Kind, @Nullable Schema> kinds) {
        this.kinds = kinds;
    }

    /**
     * The body of an answer.
     *
     * @throws ApiException 406 where the kind has no protobuf form
     */
    public byte[] encode(ObjectValue object, OutputFormat format) {
        return encode(object, format.mediaType(), format.pretty());
    }

    /** The body of an answer in compact form. */
    public byte[] encode(ObjectValue object, MediaType type) {
        return encode(object, type, false);
    }

    private byte[] encode(ObjectValue object, MediaType type, boolean pretty) {
        return switch (type) {
            case JSON -> pretty ? IndentedJson.of(JsonWriter.toBytes(object)) : line(object);
            case YAML -> YamlWriter.toBytes(object);
            case PROTOBUF -> protobuf(object);
        };
    }

    /** Indents a body in compact JSON (with or without its line break), as people get it. */
    public static byte[] indent(byte[] compact) {
        return IndentedJson.of(
                compact.length > 0 && compact[compact.length - 1] == '\n'
                        ? Arrays.copyOf(compact, compact.length - 1)
                        : compact);
    }

    private static byte[] line(ObjectValue object) {
        JsonWriter out = new JsonWriter(1024);
        out.write(object);
        out.writeByte('\n');
        return out.toByteArray();
    }

    private byte[] protobuf(ObjectValue object) {
        Kind kind = Kind.of(object);
        Schema schema = kinds.apply(kind);
        if (schema == null) {
            // the words name a Go type; what clients look at is the code
            throw new ApiException(
                    Status.notAcceptable(
                            "object " + kind.kind()
                                    + " does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message"));
        }
        return ProtobufCodec.encode(object, schema);
    }
}
