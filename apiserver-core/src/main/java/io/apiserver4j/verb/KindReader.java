// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.Codecs;
import io.apiserver4j.codec.CustomShape;
import io.apiserver4j.codec.Decoded;
import io.apiserver4j.codec.EntriesReset;
import io.apiserver4j.codec.FieldValidation;
import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.ProtobufCodec;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How bodies and documents become objects of one kind with their defaults. The one place where verbs tell kinds apart. */
interface KindReader {
    /** The object of a body. */
    ObjectValue body(byte[] body, MediaType type, FieldValidation validation, Consumer<String> warnings);

    /**
     * The object of a document that a patch made.
     *
     * @param said the kind that the document says
     * @throws TypeMismatchException where it cannot be one of the kind
     */
    ObjectValue document(Value document, Kind said, DecodeFindings findings);

    /** The reader of what a call's path takes. */
    static KindReader of(ResourceCall call, Defaulter defaulter) {
        Kind own = call.version().kind();
        Kind kind = call.subresource() == null ? own : call.subresource().kind();
        CustomShape shape = kind.equals(own) ? call.version().form() : null;
        return shape == null ? new Typed(kind, defaulter) : new Custom(kind, shape);
    }

    /** Kinds whose shape is all there is to say of reading. */
    record Typed(Kind kind, Defaulter defaulter) implements KindReader {
        @Override
        public ObjectValue body(byte[] body, MediaType type, FieldValidation validation, Consumer<String> warnings) {
            Decoded decoded = Codecs.builtin().decode(body, type, kind, validation, warnings);
            return defaulter.apply(BodyReader.schema(kind), decoded.object());
        }

        @Override
        public ObjectValue document(Value document, Kind said, DecodeFindings findings) {
            Schema schema = schema(said);
            ObjectValue read = TypedReader.read(schema, document, findings);
            return defaulter.apply(schema, EntriesReset.keep(document, typed(read)));
        }

        private static Schema schema(Kind said) {
            @Nullable Schema schema = SchemaFacts.builtin().kind(said);
            if (schema == null) {
                throw new TypeMismatchException("no kind " + GoText.quote(said.kind())
                        + " is registered for version " + GoText.quote(said.apiVersion())
                        + " in scheme \"pkg/runtime/scheme.go:111\"");
            }
            return schema;
        }

        private ObjectValue typed(ObjectValue object) {
            return object.stringOrEmpty("kind").equals(kind.kind())
                            && object.stringOrEmpty("apiVersion").equals(kind.apiVersion())
                    ? object
                    : ProtobufCodec.typed(object.without("kind").without("apiVersion"), kind);
        }
    }

    /** Kinds that bring their own reading; another kind in the document is their strategy's to refuse. */
    record Custom(Kind kind, CustomShape shape) implements KindReader {
        @Override
        public ObjectValue body(byte[] body, MediaType type, FieldValidation validation, Consumer<String> warnings) {
            return Codecs.builtin()
                    .decodeCustom(body, type, kind, validation, warnings, shape)
                    .object();
        }

        @Override
        public ObjectValue document(Value document, Kind said, DecodeFindings findings) {
            ObjectValue object = document.asObject();
            return shape.read(object == null ? ObjectValue.EMPTY : object, findings);
        }
    }
}
