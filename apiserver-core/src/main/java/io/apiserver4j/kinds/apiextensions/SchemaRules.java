// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of schemas in definitions: what of OpenAPI may be used, and how extensions go together; the rules of structural
 * schemas come first ({@link StructuralRules}).
 */
final class SchemaRules {
    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String VALIDATIONS = "x-kubernetes-validations";
    private static final Choice TYPES =
            new Choice(List.of("array", "boolean", "integer", "number", "object", "string"));
    private static final Choice REASONS =
            Choice.of("FieldValueRequired", "FieldValueForbidden", "FieldValueInvalid", "FieldValueDuplicate");
    private static final List<String> UNSUPPORTED =
            List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
    private static final List<String> ROOT_FIELDS = List.of(
            "Description",
            "Type",
            "Format",
            "Title",
            "Maximum",
            "ExclusiveMaximum",
            "Minimum",
            "ExclusiveMinimum",
            "MaxLength",
            "MinLength",
            "Pattern",
            "MaxItems",
            "MinItems",
            "UniqueItems",
            "MultipleOf",
            "Required",
            "Items",
            "Properties",
            "ExternalDocs",
            "Example",
            "XPreserveUnknownFields",
            "XValidations");

    /** Why defaults are not allowed at a place, null where they are; and whether it belongs to the server's own fields. */
    private record Place(@Nullable String noDefaults, boolean meta, SchemaExpressions.@Nullable Place expressions) {
        static final Place PLAIN = new Place(null, false, null);

        Place withoutDefaults(String reason) {
            return new Place(reason, meta, expressions);
        }

        Place inMeta() {
            return new Place(noDefaults, true, expressions);
        }

        Place with(SchemaExpressions.@Nullable Place inner) {
            return new Place(noDefaults, meta, inner);
        }

        /** Where expressions have no say. */
        Place aside() {
            return with(null);
        }

        Place within(ObjectValue schema, ValuePath path, String step) {
            return with(expressions == null ? null : expressions.within(schema, path, step));
        }
    }

    private final SchemaOptions options;
    private final FieldErrors errors;
    private final SchemaExpressions expressions = new SchemaExpressions();

    private SchemaRules(SchemaOptions options, FieldErrors errors) {
        this.options = options;
        this.errors = errors;
    }

    /** Checks a {@code validation} or a {@code schema} of a version. */
    static void validation(
            @Nullable ObjectValue validation,
            boolean status,
            SchemaOptions options,
            ValuePath path,
            FieldErrors errors) {
        ObjectValue schema = validation == null ? null : validation.getObject("openAPIV3Schema");
        if (schema == null) {
            return;
        }
        ValuePath at = path.field("openAPIV3Schema");
        int before = errors.size();
        if (status) {
            root(schema, at, errors);
        }
        if (schema.isTrue("nullable")) {
            errors.forbidden(at.field("nullable"), "nullable cannot be true at the root");
        }
        String unreadable = options.requireStructural() ? StructuralForm.problem(schema) : null;
        Place place = Place.PLAIN;
        if (options.requireStructural() && unreadable == null) {
            int atStructure = errors.size();
            List<FieldError> found = StructuralRules.check(schema, at);
            found.forEach(errors::add);
            if (found.isEmpty()) {
                DefaultRules.check(schema, at, errors);
            }
            place = errors.size() == atStructure ? place.with(SchemaExpressions.Place.TOP) : place;
        }
        SchemaRules rules = new SchemaRules(options, errors);
        rules.schema(schema, place, true, at);
        rules.expressions.finish(at, errors);
        if (unreadable != null && errors.size() == before) {
            errors.invalid(at, "", unreadable);
        }
    }

    /** Where the status is a subresource of its own, only some things can be said at the root. */
    private static void root(ObjectValue schema, ValuePath path, FieldErrors errors) {
        for (ObjectValue.Member member : schema) {
            String name = member.key();
            if (name.equals("type")) {
                if (!schema.stringOrEmpty("type").equals("object")) {
                    errors.invalid(
                            path.field("type"),
                            schema.stringOrEmpty("type"),
                            "only \"object\" is allowed as the type at the root of the schema if the status subresource"
                                    + " is enabled");
                    return;
                }
            } else if (SchemaTree.has(schema, name) && !ROOT_FIELDS.contains(internalName(name))) {
                errors.invalid(
                        path,
                        schema,
                        "only [" + String.join(" ", ROOT_FIELDS)
                                + "] fields are allowed at the root of the schema if the status subresource is enabled");
                return;
            }
        }
    }

    private static String internalName(String name) {
        return switch (name) {
            case PRESERVE -> "XPreserveUnknownFields";
            case VALIDATIONS -> "XValidations";
            default -> Character.toUpperCase(name.charAt(0)) + name.substring(1);
        };
    }

    private void schema(@Nullable ObjectValue schema, Place place, boolean root, ValuePath path) {
        if (schema == null) {
            return;
        }
        int before = errors.size();
        standard(schema, place, path);
        if (schema.isTrue("uniqueItems")) {
            errors.forbidden(
                    path.field("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        Value others = schema.get("additionalProperties");
        boolean properties = SchemaTree.has(schema, "properties");
        if (others != null && !others.isNull()) {
            if (properties && others != BooleanValue.TRUE) {
                errors.forbidden(
                        path.field("additionalProperties"), "additionalProperties and properties are mutual exclusive");
            }
            Place inside = place.meta()
                    ? place.withoutDefaults("inside additionalProperties applying to object metadata")
                    : place;
            schema(
                    others.asObject(),
                    inside.within(schema, path, "additionalProperties"),
                    false,
                    path.field("additionalProperties"));
        }
        properties(schema, place, root, path);
        schema(schema.getObject("not"), place.aside(), false, path.field("not"));
        for (String name : List.of("allOf", "oneOf", "anyOf")) {
            ArrayValue clauses = schema.arrayOrEmpty(name);
            for (int i = 0; i < clauses.size(); i++) {
                schema(
                        clauses.objectAt(i),
                        place.aside(),
                        false,
                        path.field(name).index(i));
            }
        }
        map(schema, "definitions", place, path);
        schema(schema.getObject("items"), place.within(schema, path, "items"), false, path.field("items"));
        ArrayValue items = schema.arrayOrEmpty("items");
        for (int i = 0; i < items.size(); i++) {
            schema(items.objectAt(i), place.aside(), false, path.field("items").index(i));
        }
        map(schema, "dependencies", place, path);
        if (schema.get(PRESERVE) == BooleanValue.FALSE) {
            errors.invalid(path.field(PRESERVE), Value.of(false), "must be true or undefined");
        }
        ListTypeRules.check(schema, options, path, errors);
        expressions(schema, path);
        SchemaExpressions.Place inExpressions = place.expressions();
        if (inExpressions != null
                && errors.size() == before
                && !schema.arrayOrEmpty(VALIDATIONS).isEmpty()) {
            expressions.check(schema, inExpressions, path);
        }
    }

    private void map(ObjectValue schema, String name, Place place, ValuePath path) {
        ObjectValue map = schema.objectOrEmpty(name).sorted();
        for (ObjectValue.Member member : map) {
            schema(
                    map.getObject(member.key()),
                    place.aside(),
                    false,
                    path.field(name).key(member.key()));
        }
    }

    private void properties(ObjectValue schema, Place place, boolean root, ValuePath path) {
        ObjectValue properties = schema.objectOrEmpty("properties").sorted();
        for (ObjectValue.Member member : properties) {
            String name = member.key();
            Place inside = place.within(schema, path, "properties");
            if ((root || schema.isTrue("x-kubernetes-embedded-resource")) && META.contains(name)) {
                inside = inside.inMeta();
                inside = root ? inside.withoutDefaults("in top-level " + name) : inside;
            }
            schema(
                    properties.objectOrEmpty(name),
                    inside,
                    false,
                    path.field("properties").key(name));
        }
    }

    private void standard(ObjectValue schema, Place place, ValuePath path) {
        String type = schema.stringOrEmpty("type");
        if (options.requireType() && !type.isEmpty()) {
            TYPES.check(type, path.field("type"), errors);
        }
        if (SchemaTree.has(schema, "default") && place.noDefaults() != null) {
            errors.forbidden(path.field("default"), "must not be set " + place.noDefaults());
        }
        for (String name : UNSUPPORTED) {
            if (SchemaTree.has(schema, name)) {
                errors.forbidden(path.field(name), name + " is not supported");
            }
        }
        if (type.equals("null")) {
            errors.forbidden(path.field("type"), "type cannot be set to null, use nullable as an alternative");
        }
        if (!schema.arrayOrEmpty("items").isEmpty()) {
            errors.forbidden(path.field("items"), "items must be a schema object and not an array");
        }
        if (place.meta() && schema.isTrue("x-kubernetes-embedded-resource")) {
            errors.forbidden(path.field("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
        }
    }

    private void expressions(ObjectValue schema, ValuePath path) {
        ArrayValue rules = schema.arrayOrEmpty(VALIDATIONS);
        for (int i = 0; i < rules.size(); i++) {
            ValuePath at = path.field(VALIDATIONS).index(i);
            ObjectValue rule = rules.objectAt(i);
            message(rule, at);
            String expression = rule.stringOrEmpty("messageExpression");
            if (!expression.isEmpty() && expression.isBlank()) {
                errors.required(at.field("messageExpression"), "messageExpression must be non-empty if specified");
            }
            REASONS.check(rule, "reason", at, errors);
            String fieldPath = rule.stringOrEmpty("fieldPath");
            if (!fieldPath.isEmpty() && fieldPath.isBlank()) {
                errors.invalid(at.field("fieldPath"), fieldPath, "must be non-empty if specified");
            }
            if (hasLines(fieldPath)) {
                errors.invalid(at.field("fieldPath"), fieldPath, "must not contain line breaks");
            }
            if (!fieldPath.isEmpty()
                    && StructuralForm.problem(schema) == null
                    && SchemaFieldPath.follow(fieldPath, schema, true).problem() != null) {
                errors.invalid(at.field("fieldPath"), fieldPath, "must be a valid path");
            }
        }
    }

    private void message(ObjectValue rule, ValuePath path) {
        String text = rule.stringOrEmpty("rule");
        String message = rule.stringOrEmpty("message");
        if (text.isBlank()) {
            errors.required(path.field("rule"), "rule is not specified");
        } else if (!message.isEmpty() && message.isBlank()) {
            errors.invalid(path.field("message"), message, "must be non-empty if specified");
        } else if (hasLines(message.strip())) {
            errors.invalid(path.field("message"), message, "must not contain line breaks");
        } else if (hasLines(text.strip()) && message.isBlank()) {
            errors.required(path.field("message"), "message must be specified if rule contains line breaks");
        }
    }

    private static boolean hasLines(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
