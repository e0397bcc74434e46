// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bodies to objects: the whole step from bytes to a canonical tree of the expected kind, with the answers of Kubernetes' API
 * server where it can't be done. Safe for use by several threads.
 */
public final class Codecs {
    /** How the registry of built-in kinds names itself in messages. */
    private static final String SCHEME = "pkg/runtime/scheme.go:111";

    private static final String NO_PROTOBUF = "object *unstructured.Unstructured does not implement the protobuf "
            + "marshalling interface and cannot be encoded to a protobuf message";

    private final Function<Kind, @Nullable Schema> kinds;
    private final ProtobufCodec protobuf;
    private final Encoder encoder;

    private static final class Builtin {
        static final Codecs CODECS = new Codecs(SchemaFacts.builtin()::kind);
    }

    /** Codecs of the kinds that have a schema there; null for kinds that are not known. */
    public Codecs(Function<Kind, @Nullable Schema> kinds) {
        this.kinds = kinds;
        this.protobuf = new ProtobufCodec(kinds);
        this.encoder = new Encoder(kinds);
    }

    /** The codecs of all built-in kinds. */
    public static Codecs builtin() {
        return Builtin.CODECS;
    }

    /** The protobuf form of objects. */
    public ProtobufCodec protobuf() {
        return protobuf;
    }

    /** The bytes of answers. */
    public Encoder encoder() {
        return encoder;
    }

    /**
     * Reads the body of a create or update of a built-in kind.
     *
     * @param expected the kind of the endpoint; what the body doesn't say is taken from it
     * @param warnings takes the texts of warnings, also where the body is refused later on
     * @throws ApiException 400 where the body can't be used
     */
    public Decoded decode(
            byte[] body, MediaType type, Kind expected, FieldValidation validation, Consumer<String> warnings) {
        Decoded decoded = typed(body, type, expected, validation);
        Schema schema = kinds.apply(expected);
        if (schema != null && !Conversions.possible(decoded.kind(), expected)) {
            Schema given = kinds.apply(decoded.kind());
            throw refused(decoded.kind(), expected, Conversions.unknown(given == null ? schema : given, schema));
        }
        return accepted(decoded, expected, validation, warnings);
    }

    /**
     * Reads the body of a create or update of a custom kind, which must say what it is.
     *
     * @param shape what the kind makes of the object
     * @throws ApiException 400 where the body can't be used
     */
    public Decoded decodeCustom(
            byte[] body,
            MediaType type,
            Kind expected,
            FieldValidation validation,
            Consumer<String> warnings,
            CustomShape shape) {
        if (type == MediaType.PROTOBUF) {
            throw refused(expected, expected, NO_PROTOBUF);
        }
        Kind said = null;
        try {
            Document document = Document.read(body, type);
            said = BodyType.orExpected(BodyType.find(document.value()), expected);
            ObjectValue object = document.object();
            boolean strict = validation != FieldValidation.IGNORE;
            if (object.stringOrEmpty("kind").isEmpty()) {
                said = strict ? null : said;
                throw new DecodeException("Object 'Kind' is missing in '" + BodySummary.text(body) + "'");
            }
            said = BodyType.parse(object.stringOrEmpty("apiVersion"), object.stringOrEmpty("kind"));
            DecodeFindings findings = new DecodeFindings();
            if (strict) {
                document.duplicates().forEach(findings::duplicate);
            }
            ObjectValue read = shape.read(object, findings);
            StrictFindings all =
                    strict ? StrictFindings.of(document.yamlDuplicates(), findings.texts()) : StrictFindings.NONE;
            return accepted(new Decoded(read, said, all), expected, validation, warnings);
        } catch (DecodeException e) {
            throw transformed(e.getMessage(), said, expected, body);
        } catch (TypeMismatchException e) {
            throw transformed(e.text(), said, expected, body);
        }
    }

    /**
     * Reads a body of options, such as those of a delete: of that kind in any group and version, without strictness.
     *
     * @param kind the name of the kind, e.g. {@code DeleteOptions}
     * @param expected the group and version that are taken where the body says none
     * @throws ApiException 400 with the bare text of the failure
     */
    public ObjectValue decodeOptions(byte[] body, MediaType type, String kind, GroupVersion expected) {
        try {
            Kind wanted = expected.kind(kind);
            Schema schema = kinds.apply(new Kind("", "v1", kind));
            if (schema == null) {
                throw new IllegalArgumentException("no such options: " + kind);
            }
            if (type == MediaType.PROTOBUF) {
                ProtobufEnvelope envelope = ProtobufEnvelope.read(body);
                Kind said = BodyType.orExpected(envelope.kind(), wanted);
                requireOptions(said, kind);
                return protobuf.decode(envelope, schema, said);
            }
            Document document = Document.read(body, type);
            Kind said = BodyType.orExpected(BodyType.find(document.value()), wanted);
            requireOptions(said, kind);
            return TypedReader.read(schema, withType(document.object(), said), new DecodeFindings());
        } catch (DecodeException e) {
            throw new ApiException(Status.badRequest(e.getMessage()));
        } catch (TypeMismatchException e) {
            throw new ApiException(Status.badRequest(e.text()));
        }
    }

    private static void requireOptions(Kind said, String kind) {
        if (!said.kind().equals(kind)) {
            throw new DecodeException(notRegistered(said));
        }
    }

    private Decoded typed(byte[] body, MediaType type, Kind expected, FieldValidation validation) {
        Kind said = null;
        try {
            if (type == MediaType.PROTOBUF) {
                ProtobufEnvelope envelope = ProtobufEnvelope.read(body);
                said = BodyType.orExpected(envelope.kind(), expected);
                Schema schema = registered(said, body);
                return new Decoded(protobuf.decode(envelope, schema, said), said, StrictFindings.NONE);
            }
            Document document = Document.read(body, type);
            said = BodyType.orExpected(BodyType.find(document.value()), expected);
            Schema schema = registered(said, body);
            DecodeFindings findings = new DecodeFindings();
            ObjectValue object = TypedReader.read(schema, document.value(), document.duplicates(), findings);
            StrictFindings all = validation == FieldValidation.IGNORE
                    ? StrictFindings.NONE
                    : StrictFindings.of(document.yamlDuplicates(), findings.texts());
            return new Decoded(EntriesReset.keep(document.value(), withType(object, said)), said, all);
        } catch (DecodeException e) {
            throw transformed(e.getMessage(), said, expected, body);
        } catch (TypeMismatchException e) {
            throw transformed(e.text(), said, expected, body);
        }
    }

    private Schema registered(Kind said, byte[] body) {
        if (said.version().isEmpty()) {
            throw new DecodeException("Object 'apiVersion' is missing in '" + BodySummary.text(body) + "'");
        }
        Schema schema = kinds.apply(said);
        if (schema == null) {
            throw new DecodeException(notRegistered(said));
        }
        return schema;
    }

    private static String notRegistered(Kind kind) {
        return "no kind " + GoText.quote(kind.kind()) + " is registered for version " + GoText.quote(kind.apiVersion())
                + " in scheme " + GoText.quote(SCHEME);
    }

    private static ObjectValue withType(ObjectValue object, Kind kind) {
        if (kind.kind().equals(object.getString("kind")) && kind.apiVersion().equals(object.getString("apiVersion"))) {
            return object;
        }
        return object.isEmpty() || object.get("kind") == null || object.get("apiVersion") == null
                ? ProtobufCodec.typed(object, kind)
                : object.with("kind", kind.kind()).with("apiVersion", kind.apiVersion());
    }

    private static Decoded accepted(
            Decoded decoded, Kind expected, FieldValidation validation, Consumer<String> warnings) {
        if (!decoded.findings().isEmpty()) {
            if (validation == FieldValidation.STRICT) {
                throw refused(decoded.kind(), expected, decoded.findings().failure());
            }
            decoded.findings().warnings().forEach(warnings);
        }
        if (!decoded.kind().groupVersion().equals(expected.groupVersion())) {
            throw new ApiException(Status.badRequest("the API version in the data ("
                    + decoded.kind().apiVersion() + ") does not match the expected API version ("
                    + expected.apiVersion() + ")"));
        }
        return decoded;
    }

    private static ApiException refused(Kind said, Kind expected, String why) {
        return new ApiException(Status.badRequest(said.kind() + " in version " + GoText.quote(said.version())
                + " cannot be handled as a " + expected.kind() + ": " + why));
    }

    private static ApiException transformed(String why, @Nullable Kind said, Kind expected, byte[] body) {
        if (said != null && !said.kind().isEmpty()) {
            return refused(said, expected, why);
        }
        return new ApiException(Status.badRequest("the object provided is unrecognized (must be of type "
                + expected.kind() + "): " + why + " (" + BodySummary.of(body) + ")"));
    }
}
