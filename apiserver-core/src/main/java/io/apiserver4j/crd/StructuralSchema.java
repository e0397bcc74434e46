// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.apiserver4j.schema.ListKind;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node of a schema that a definition came with, in the form that the walks over objects need. Properties are sorted by
 * name. Immutable once it is made.
 */
final class StructuralSchema {
    /** A schema that says nothing. */
    static final StructuralSchema ANYTHING = new StructuralSchema(ObjectValue.EMPTY);

    final List<String> types;
    final String format;
    final boolean nullable;
    final boolean intOrString;
    final boolean preserveUnknown;
    final boolean embedded;
    final boolean atomicMap;
    final ListKind listKind;
    final List<String> listKeys;
    final Map<String, StructuralSchema> properties;
    /** What members beside the properties hold; null where there may be none. */
    final @Nullable StructuralSchema additional;

    final @Nullable StructuralSchema items;
    final @Nullable Value defaultValue;
    final List<String> required;
    final @Nullable ArrayValue enumValues;
    final Bounds bounds;
    final @Nullable Pattern pattern;
    final String patternText;
    final List<StructuralSchema> allOf;
    final List<StructuralSchema> anyOf;
    final List<StructuralSchema> oneOf;
    final @Nullable StructuralSchema not;
    /** True where a value at this node or below may be filled in. */
    final boolean defaults;
    /** True where this node or one below has expressions. */
    final boolean expressions;

    /** Numbers that bound numbers, lengths and counts; null where there is none. */
    record Bounds(
            @Nullable Double minimum,
            boolean exclusiveMinimum,
            @Nullable Double maximum,
            boolean exclusiveMaximum,
            @Nullable Double multipleOf,
            @Nullable Long minLength,
            @Nullable Long maxLength,
            @Nullable Long minItems,
            @Nullable Long maxItems,
            @Nullable Long minProperties,
            @Nullable Long maxProperties) {
        static Bounds of(ObjectValue schema) {
            return new Bounds(
                    number(schema, "minimum"),
                    schema.isTrue("exclusiveMinimum"),
                    number(schema, "maximum"),
                    schema.isTrue("exclusiveMaximum"),
                    number(schema, "multipleOf"),
                    schema.getLong("minLength"),
                    schema.getLong("maxLength"),
                    schema.getLong("minItems"),
                    schema.getLong("maxItems"),
                    schema.getLong("minProperties"),
                    schema.getLong("maxProperties"));
        }

        private static @Nullable Double number(ObjectValue schema, String name) {
            Value value = schema.get(name);
            return value == null || value.asNumber() == null
                    ? null
                    : value.asNumber().doubleValue();
        }
    }

    private StructuralSchema(ObjectValue schema) {
        intOrString = schema.isTrue("x-kubernetes-int-or-string");
        String type = schema.stringOrEmpty("type");
        types = intOrString ? List.of("integer", "string") : type.isEmpty() ? List.of() : List.of(type);
        format = supported(schema.stringOrEmpty("format"));
        nullable = schema.isTrue("nullable");
        preserveUnknown = schema.isTrue("x-kubernetes-preserve-unknown-fields");
        embedded = schema.isTrue("x-kubernetes-embedded-resource");
        atomicMap = schema.stringOrEmpty("x-kubernetes-map-type").equals("atomic");
        listKind = switch (schema.stringOrEmpty("x-kubernetes-list-type")) {
            case "set" -> ListKind.SET;
            case "map" -> ListKind.MAP;
            default -> ListKind.ATOMIC;
        };
        listKeys = schema.arrayOrEmpty("x-kubernetes-list-map-keys").strings();
        properties = new TreeMap<>();
        for (ObjectValue.Member member : schema.objectOrEmpty("properties")) {
            properties.put(member.key(), of(member.value()));
        }
        Value rest = schema.get("additionalProperties");
        additional = rest == null || Boolean.FALSE.equals(rest.asBoolean()) ? null : of(rest);
        ObjectValue item = schema.getObject("items");
        items = item == null ? null : of(item);
        defaultValue = schema.get("default");
        required = schema.arrayOrEmpty("required").strings();
        enumValues = schema.getArray("enum");
        bounds = Bounds.of(schema);
        patternText = schema.stringOrEmpty("pattern");
        pattern = compiled(patternText);
        allOf = all(schema.arrayOrEmpty("allOf"));
        anyOf = all(schema.arrayOrEmpty("anyOf"));
        oneOf = all(schema.arrayOrEmpty("oneOf"));
        ObjectValue forbidden = schema.getObject("not");
        not = forbidden == null ? null : of(forbidden);
        boolean checked = !schema.arrayOrEmpty("x-kubernetes-validations").isEmpty()
                || items != null && items.expressions
                || additional != null && additional.expressions;
        boolean filled =
                defaultValue != null || items != null && items.defaults || additional != null && additional.defaults;
        for (StructuralSchema property : properties.values()) {
            filled |= property.defaults;
            checked |= property.expressions;
        }
        expressions = checked;
        defaults = filled;
    }

    /** The format, or the empty text for one that the real server does not know for the type. */
    private String supported(String given) {
        String type = types.size() == 1 ? types.get(0) : "";
        boolean known = switch (type) {
            case "", "string" -> Formats.isKnown(given);
            case "integer" -> given.equals("int32") || given.equals("int64");
            case "number" -> given.equals("float") || given.equals("double");
            default -> false;
        };
        return known ? given : "";
    }

    /** The schema of a JSON node; anything but an object says nothing. */
    static StructuralSchema of(Value node) {
        ObjectValue schema = node.asObject();
        return schema == null || schema.isEmpty() ? ANYTHING : new StructuralSchema(schema);
    }

    private static List<StructuralSchema> all(ArrayValue schemas) {
        List<StructuralSchema> out = new ArrayList<>(schemas.size());
        schemas.forEach(one -> out.add(of(one)));
        return List.copyOf(out);
    }

    private static @Nullable Pattern compiled(String text) {
        try {
            return text.isEmpty() ? null : Pattern.compile(text);
        } catch (PatternSyntaxException unreadable) {
            return null; // refused with the definition; one stored before the rule is not checked
        }
    }

    /** The schema of a member, or null where the schema has no word for it. */
    @Nullable
    StructuralSchema member(String name) {
        StructuralSchema property = properties.get(name);
        return property == null ? additional : property;
    }

    /** True where null counts as not there. */
    boolean dropsNull() {
        return !nullable && (defaultValue == null || defaultValue.isNull());
    }
}
