// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.EntriesReset;
import io.apiserver4j.codec.FieldValidation;
import io.apiserver4j.codec.ProtobufCodec;
import io.apiserver4j.codec.StrictFindings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.patch.JsonPatch;
import io.apiserver4j.patch.MergePatch;
import io.apiserver4j.patch.PatchBody;
import io.apiserver4j.patch.PatchType;
import io.apiserver4j.patch.PatchedText;
import io.apiserver4j.patch.StrategicMergePatch;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.value.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patches from bodies, and patched documents back to objects of their kind, with the answers where that fails. */
final class PatchReader {
    private final BodyReader bodies;

    PatchReader(BodyReader bodies) {
        this.bodies = bodies;
    }

    /** A patch, ready to be laid over objects. A pure function. */
    interface Patch {
        /** The patched object: canonical, with defaults. */
        ObjectValue apply(ObjectValue live);
    }

    /** The patch of a body. */
    Patch read(ResourceCall call, PatchType type, String validation) {
        boolean checked = FieldValidation.of(validation) != FieldValidation.IGNORE;
        PatchBody body = PatchBody.read(call.request().readBody());
        Kind kind = kind(call);
        switch (type) {
            case JSON -> {
                return live -> {
                    // Read only here: an object that is missing is told of before an operation that is none.
                    JsonPatch patch = JsonPatch.of(body, checked);
                    return document(call, patch.apply(live), patch.findings(), validation);
                };
            }
            case MERGE -> {
                MergePatch patch = MergePatch.of(body, checked);
                return live -> document(call, patch.apply(live), patch.findings(), validation);
            }
            default -> {
                StrategicMergePatch patch = StrategicMergePatch.of(body, checked);
                Schema schema = BodyReader.schema(kind);
                return live -> {
                    StrategicMergePatch.Result result = patch.apply(live, schema);
                    DecodeFindings findings = new DecodeFindings();
                    ObjectValue object;
                    try {
                        object = TypedReader.read(schema, result.object(), findings);
                    } catch (TypeMismatchException e) {
                        throw refused(result.shown(), StrategicTexts.of(e));
                    }
                    List<String> all = new ArrayList<>(patch.findings());
                    all.addAll(findings.texts());
                    report(call, all, validation, result.shown());
                    return bodies.defaulted(schema, EntriesReset.keep(result.object(), typed(object, kind)));
                };
            }
        }
    }

    private static Kind kind(ResourceCall call) {
        return call.subresource() == null
                ? call.version().kind()
                : call.subresource().kind();
    }

    private static ObjectValue typed(ObjectValue object, Kind kind) {
        return object.stringOrEmpty("kind").equals(kind.kind())
                        && object.stringOrEmpty("apiVersion").equals(kind.apiVersion())
                ? object
                : ProtobufCodec.typed(object.without("kind").without("apiVersion"), kind);
    }

    /** A patched JSON document, read as the kind that it says. */
    private ObjectValue document(ResourceCall call, Value patched, List<String> ofPatch, String validation) {
        Kind expected = kind(call);
        String shown = PatchedText.of(patched);
        Kind said = said(patched.asObject(), expected);
        DecodeFindings findings = new DecodeFindings();
        ObjectValue read;
        try {
            read = bodies.reader(call).document(patched, said, findings);
        } catch (TypeMismatchException e) {
            throw refused(shown, e.text());
        }
        List<String> all = new ArrayList<>(ofPatch);
        all.addAll(findings.texts());
        report(call, all, validation, shown);
        if (!said.groupVersion().equals(expected.groupVersion())
                || !said.equals(expected) && call.version().form() == null) {
            throw Status.badRequest("the object in the patch is of kind " + said + ", not " + expected)
                    .asException();
        }
        return read;
    }

    /** The kind that a patched document says; what it does not say is the path's. */
    private static Kind said(@Nullable ObjectValue document, Kind expected) {
        if (document == null) {
            return expected;
        }
        String kind = document.stringOrEmpty("kind");
        String apiVersion = document.stringOrEmpty("apiVersion");
        GroupVersion groupVersion = apiVersion.isEmpty() ? expected.groupVersion() : GroupVersion.parse(apiVersion);
        return groupVersion.kind(kind.isEmpty() ? expected.kind() : kind);
    }

    private static void report(ResourceCall call, List<String> findings, String validation, String shown) {
        if (findings.isEmpty()) {
            return;
        }
        StrictFindings strict = new StrictFindings(findings);
        switch (FieldValidation.of(validation)) {
            case STRICT -> throw refused(shown, strict.failure());
            case WARN -> strict.warnings().forEach(call.call().notes()::warn);
            default -> {}
        }
    }

    private static RuntimeException refused(String shown, String why) {
        FieldErrors errors = new FieldErrors();
        errors.invalid(ValuePath.of("patch"), shown, why);
        return Status.invalid("", "", "", errors).asException();
    }

    /** The configuration of an apply: YAML (or JSON) as it was sent. */
    ObjectValue configuration(ResourceCall call, String validation) {
        YamlReader.Result read;
        try {
            read = YamlReader.readWithFindings(call.request().readBody());
        } catch (io.apiserver4j.value.YamlException e) {
            // texts that look like JSON are handed on as they are and fail one step later
            String text = new String(call.request().body(), StandardCharsets.UTF_8).stripLeading();
            throw Status.badRequest(
                            text.startsWith("{")
                                    ? "error decoding patch: error converting YAML to JSON: " + e.getMessage()
                                    : "error encoding patch: " + e.getMessage())
                    .asException();
        }
        Value value = read.value();
        if (!read.duplicates().isEmpty()) {
            StrictFindings findings = new StrictFindings(List.of(StrictFindings.yaml(read.duplicates())));
            switch (FieldValidation.of(validation)) {
                case STRICT ->
                    throw Status.badRequest("error decoding patch: " + findings.failure())
                            .asException();
                case WARN -> findings.warnings().forEach(call.call().notes()::warn);
                default -> {}
            }
        }
        if (value.isNull()) {
            return ObjectValue.EMPTY;
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            throw Status.badRequest("error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot"
                            + " unmarshal " + value.typeName() + " into Go value of type map[string]interface {}")
                    .asException();
        }
        return object;
    }

    /** A merged object of an apply, read as its kind, with defaults. */
    ObjectValue typed(ResourceCall call, ObjectValue merged, String validation) {
        try {
            return bodies.reader(call).document(merged, kind(call), new DecodeFindings());
        } catch (TypeMismatchException e) {
            throw Status.plain("failed to convert new object to proper version: " + e.text())
                    .asException();
        }
    }
}
