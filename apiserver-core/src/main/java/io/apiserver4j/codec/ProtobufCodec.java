// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects of built-in kinds to and from Kubernetes' protobuf form, by their schemas. Trees are canonical, as
 * {@code schema.TypedReader} gives them; the bytes are those of the real server. Safe for use by several threads.
 */
public final class ProtobufCodec {
    private final ProtoDecoder decoder;

    /** A codec that finds the schemas of objects within objects by their kinds; null for kinds that have none. */
    public ProtobufCodec(Function<Kind, @Nullable Schema> kinds) {
        decoder = new ProtoDecoder(kinds);
    }

    /** An object in its envelope; its type is what its members {@code apiVersion} and {@code kind} say. */
    public static byte[] encode(ObjectValue object, Schema schema) {
        ProtoWriter out = new ProtoWriter(512);
        int begun = ProtobufEnvelope.begin(out);
        ProtoEncoder.fields(object, WireMessage.of(schema), out);
        ProtobufEnvelope.finish(out, begun, object.stringOrEmpty("apiVersion"), object.stringOrEmpty("kind"));
        return out.toByteArray();
    }

    /** An object without envelope. */
    public static byte[] encodeMessage(ObjectValue object, Schema schema) {
        ProtoWriter out = new ProtoWriter(512);
        ProtoEncoder.fields(object, WireMessage.of(schema), out);
        return out.toByteArray();
    }

    /**
     * The object of an envelope, as a kind.
     *
     * @param kind the object's type as its tree will say it
     * @throws DecodeException where the bytes are no such message
     */
    public ObjectValue decode(ProtobufEnvelope envelope, Schema schema, Kind kind) {
        return typed(decoder.object(envelope.reader(), schema), kind);
    }

    /** An object without envelope, from a part of an array; it gets no type. Throws {@link DecodeException}. */
    public ObjectValue decodeMessage(byte[] bytes, int start, int end, Schema schema) {
        return decoder.object(new ProtoReader(bytes, start, end), schema);
    }

    /** The object with its type at the front, where JSON has it. */
    /** An object with this kind and apiVersion in front. */
    public static ObjectValue typed(ObjectValue object, Kind kind) {
        ObjectEditor out = ObjectValue.builder();
        out.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        for (ObjectValue.Member member : object) {
            if (!member.key().equals("kind") && !member.key().equals("apiVersion")) {
                out.put(member.key(), member.value());
            }
        }
        return out.build();
    }
}
