// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.codec.Encoder;
import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.codec.ProtobufCodec;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;

/** Documents of discovery to bytes. */
final class DiscoveryEncoder {
    private static final Encoder PLAIN = new Encoder(kind -> null);

    private DiscoveryEncoder() {}

    static byte[] encode(ObjectValue document, OutputFormat format) {
        return format.mediaType() == MediaType.PROTOBUF ? protobuf(document) : PLAIN.encode(document, format);
    }

    /** All kinds are of v1 here, also those that the core's documents leave without version. */
    private static byte[] protobuf(ObjectValue document) {
        String kind = document.stringOrEmpty("kind");
        Schema schema = kind.equals("APIGroupDiscoveryList")
                ? AggregatedSchema.LIST
                : SchemaFacts.builtin().kind(new Kind("", "v1", kind));
        if (schema == null) {
            throw new ApiException(Status.internalError("no protobuf form of " + kind));
        }
        ObjectValue typed = TypedReader.read(schema, document, new DecodeFindings())
                .with("kind", kind)
                .with("apiVersion", document.stringOrEmpty("apiVersion"));
        return ProtobufCodec.encode(typed, schema);
    }
}
