// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a schema structural: every value has its type outside of logical parts, which only restrict it; metadata is left
 * to the server; extensions go together. Follows k8s.io/apiextensions-apiserver apiserver/schema.
 */
final class StructuralRules {
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final ArrayValue INT_OR_STRING_TYPES =
            ArrayValue.of(ObjectValue.of("type", Value.of("integer")), ObjectValue.of("type", Value.of("string")));

    /** Where a schema stands. */
    private enum Level {
        ROOT("at the root"),
        ITEM("for specified array items"),
        FIELD("for specified object fields");

        final String words;

        Level(String words) {
            this.words = words;
        }
    }

    /** What logical parts may not say, and how it is told. */
    private record Forbidden(String name, String detail) {}

    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden("default", "must be undefined to be structural"),
            new Forbidden("title", "must be empty to be structural"),
            new Forbidden("description", "must be empty to be structural"),
            new Forbidden("nullable", "must be false to be structural"),
            new Forbidden(PRESERVE, "must be false to be structural"),
            new Forbidden(EMBEDDED, "must be false to be structural"),
            new Forbidden(INT_OR_STRING, "must be false to be structural"),
            new Forbidden("x-kubernetes-list-map-keys", "must be empty to be structural"),
            new Forbidden("x-kubernetes-list-type", "must be undefined to be structural"),
            new Forbidden("x-kubernetes-map-type", "must be undefined to be structural"),
            new Forbidden("x-kubernetes-validations", "must be empty to be structural"));

    private static final Set<String> METADATA_NAMES = Set.of("name", "generateName");

    private final FieldErrors errors = new FieldErrors();

    private StructuralRules() {}

    /** What keeps a root schema from being structural, in the order of the texts. */
    static List<FieldError> check(ObjectValue schema, ValuePath path) {
        StructuralRules rules = new StructuralRules();
        rules.structure(schema, Level.ROOT, path);
        StructuralCompleteness.check(schema, path, rules.errors);
        List<FieldError> sorted = new ArrayList<>(rules.errors.list());
        sorted.sort(Comparator.comparing(FieldError::toString));
        return sorted;
    }

    private void structure(ObjectValue schema, Level level, ValuePath path) {
        ObjectValue items = schema.getObject("items");
        if (schema.stringOrEmpty("type").equals("array") && items == null) {
            errors.required(path.field("items"), "must be specified");
        }
        if (items != null) {
            structure(items, Level.ITEM, path.field("items"));
        }
        ObjectValue properties = schema.objectOrEmpty("properties");
        for (ObjectValue.Member member : properties) {
            structure(
                    properties.objectOrEmpty(member.key()),
                    Level.FIELD,
                    path.field("properties").key(member.key()));
        }
        boolean additional = isGiven(schema.get("additionalProperties"));
        if (additional && level == Level.ROOT) {
            errors.forbidden(path.field("additionalProperties"), "must not be used at the root");
        }
        ObjectValue others = schema.getObject("additionalProperties");
        if (others != null) {
            structure(others, Level.FIELD, path.field("additionalProperties"));
        }
        extensions(schema, path);
        boolean anyOf = schema.arrayOrEmpty("anyOf").equals(INT_OR_STRING_TYPES);
        ArrayValue allOf = schema.arrayOrEmpty("allOf");
        boolean firstAnyOf =
                !allOf.isEmpty() && allOf.objectAt(0).arrayOrEmpty("anyOf").equals(INT_OR_STRING_TYPES);
        logic(schema, anyOf, firstAnyOf, path);
        type(schema, level, path);
        if (schema.isTrue(EMBEDDED) && additional) {
            errors.forbidden(
                    path.field("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set");
        }
        metadata(schema, level, path);
        if (schema.isTrue(EMBEDDED) && !schema.isTrue(PRESERVE) && properties.isEmpty()) {
            errors.required(
                    path.field("properties"),
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private static boolean isGiven(@Nullable Value value) {
        return value != null && !value.isNull();
    }

    private void extensions(ObjectValue schema, ValuePath path) {
        for (String name : List.of(PRESERVE, EMBEDDED)) {
            if (schema.isTrue(INT_OR_STRING) && schema.isTrue(name)) {
                errors.invalid(path.field(name), Value.of(true), "must be false if x-kubernetes-int-or-string is true");
            }
        }
    }

    private void type(ObjectValue schema, Level level, ValuePath path) {
        String type = schema.stringOrEmpty("type");
        ValuePath at = path.field("type");
        if (schema.isTrue(EMBEDDED) && !type.equals("object")) {
            String detail = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                errors.required(at, detail);
            } else {
                errors.invalid(at, type, detail);
            }
        } else if (type.isEmpty() && !schema.isTrue(INT_OR_STRING) && !schema.isTrue(PRESERVE)) {
            errors.required(at, "must not be empty " + level.words);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.invalid(at, type, "must be object at the root");
        }
    }

    /** What is said of the fields that the server itself knows. */
    private void metadata(ObjectValue schema, Level level, ValuePath path) {
        ObjectValue properties = schema.objectOrEmpty("properties");
        boolean checked = level == Level.ROOT || schema.isTrue(EMBEDDED);
        for (String name : List.of("kind", "apiVersion")) {
            ObjectValue property = properties.getObject(name);
            if (checked && property != null && !property.stringOrEmpty("type").equals("string")) {
                errors.invalid(
                        path.field("properties").key(name).field("type"),
                        property.stringOrEmpty("type"),
                        "must be string");
            }
        }
        ObjectValue metadata = properties.getObject("metadata");
        if (metadata == null) {
            return;
        }
        ValuePath at = path.field("properties").key("metadata");
        if (checked && !metadata.stringOrEmpty("type").equals("object")) {
            errors.invalid(at.field("type"), metadata.stringOrEmpty("type"), "must be object");
        }
        if (level == Level.ROOT && !restrictsNamesOnly(metadata)) {
            errors.forbidden(
                    at,
                    "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }

    private static boolean restrictsNamesOnly(ObjectValue metadata) {
        ObjectValue properties = metadata.objectOrEmpty("properties");
        boolean names = true;
        for (ObjectValue.Member member : properties) {
            names &= METADATA_NAMES.contains(member.key());
        }
        for (ObjectValue.Member member : metadata) {
            boolean free = member.key().equals("type")
                    || member.key().equals("default")
                    || member.key().equals("properties") && names;
            if (!free && SchemaTree.has(metadata, member.key())) {
                return false;
            }
        }
        return true;
    }

    private void logic(ObjectValue schema, boolean skipAnyOf, boolean skipFirstAnyOf, ValuePath path) {
        clauses(schema, skipAnyOf ? "" : "anyOf", false, path);
        clauses(schema, "allOf", skipFirstAnyOf, path);
        clauses(schema, "oneOf", false, path);
        ObjectValue not = schema.getObject("not");
        if (not != null) {
            nested(not, false, path.field("not"));
        }
        String pattern = schema.stringOrEmpty("pattern");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            errors.invalid(
                    path.field("pattern"), pattern, "must be a valid regular expression, but isn't: " + e.getMessage());
        }
    }

    private void clauses(ObjectValue schema, String name, boolean skipFirstAnyOf, ValuePath path) {
        ArrayValue clauses = schema.arrayOrEmpty(name);
        for (int i = 0; i < clauses.size(); i++) {
            nested(
                    clauses.objectAt(i),
                    skipFirstAnyOf && i == 0,
                    path.field(name).index(i));
        }
    }

    /** A schema within a logical part. */
    private void nested(ObjectValue schema, boolean skipAnyOf, ValuePath path) {
        logic(schema, skipAnyOf, false, path);
        ObjectValue items = schema.getObject("items");
        if (items != null) {
            nested(items, false, path.field("items"));
        }
        ObjectValue properties = schema.objectOrEmpty("properties");
        for (ObjectValue.Member member : properties) {
            nested(
                    properties.objectOrEmpty(member.key()),
                    false,
                    path.field("properties").key(member.key()));
        }
        if (SchemaTree.has(schema, "type")) {
            errors.forbidden(path.field("type"), "must be empty to be structural");
        }
        Value others = schema.get("additionalProperties");
        if (isGiven(others) && others != BooleanValue.FALSE) {
            errors.forbidden(path.field("additionalProperties"), "must be undefined to be structural");
        }
        for (Forbidden forbidden : FORBIDDEN) {
            if (SchemaTree.has(schema, forbidden.name())) {
                errors.forbidden(path.field(forbidden.name()), forbidden.detail());
            }
        }
        if (properties.has("metadata")) {
            errors.forbidden(path.field("properties").key("metadata"), "must not be specified in a nested context");
        }
    }
}
