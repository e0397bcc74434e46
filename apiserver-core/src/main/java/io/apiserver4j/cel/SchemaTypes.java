// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The types that schemas of definitions give to values, with the sizes that estimates of costs are made from. */
public final class SchemaTypes {
    private static final long REQUEST = 3 * 1024 * 1024;
    private static final CelType BOOL = CelType.BOOL.withSizes(null, 4);
    private static final CelType INT = CelType.INT.withSizes(null, 1);
    private static final CelType DOUBLE = CelType.DOUBLE.withSizes(null, 1);

    private SchemaTypes() {}

    /**
     * The type of what a schema describes, or null where expressions cannot see it.
     *
     * @param root true where it is a whole object, of which kind, version and name are always there
     */
    public static @Nullable CelType of(ObjectValue schema, boolean root) {
        return of(schema, root, "selfType");
    }

    /** How often at most something of this size can be in one object. */
    public static long maxCardinality(CelType type) {
        return REQUEST / (type.minSize() + 1);
    }

    /** The same, with the name that its type is to have. */
    public static @Nullable CelType of(ObjectValue schema, boolean root, String name) {
        if (schema.isTrue("x-kubernetes-int-or-string")) {
            Long max = schema.getLong("maxLength");
            return CelType.DYN.withSizes(max == null ? (Long) (REQUEST - 2) : (Long) (Math.max(max, 0) * 4), 1);
        }
        return switch (schema.stringOrEmpty("type")) {
            case "array" -> array(schema, name);
            case "object" -> object(root ? withMetadata(schema) : schema, name);
            case "string" -> text(schema);
            case "boolean" -> BOOL;
            case "number" -> DOUBLE;
            case "integer" -> INT;
            default -> null;
        };
    }

    private static @Nullable CelType inner(ObjectValue schema, String name) {
        return of(schema, schema.isTrue("x-kubernetes-embedded-resource"), name);
    }

    private static ObjectValue withMetadata(ObjectValue schema) {
        ObjectValue text = ObjectValue.of("type", Value.of("string"));
        ObjectValue named = ObjectValue.of("name", text, "generateName", text);
        ObjectValue metadata = ObjectValue.of("type", Value.of("object"), "properties", named);
        return schema.update(
                "properties",
                properties ->
                        properties.with("kind", text).with("apiVersion", text).with("metadata", metadata));
    }

    private static @Nullable CelType array(ObjectValue schema, String name) {
        ObjectValue items = schema.getObject("items");
        CelType item = items == null ? null : inner(items, name + ".@idx");
        if (item == null) {
            return null;
        }
        Long given = schema.getLong("maxItems");
        long max = given == null ? (REQUEST - 2) / (item.minSize() + 1) : Math.max(given, 0);
        CelType list = CelType.list(item).withSizes(max, 2);
        return switch (schema.stringOrEmpty("x-kubernetes-list-type")) {
            case "set" -> list.withListForm(CelType.ListForm.SET, java.util.List.of());
            case "map" ->
                list.withListForm(
                        CelType.ListForm.MAP,
                        schema.arrayOrEmpty("x-kubernetes-list-map-keys").strings().stream()
                                .map(key -> {
                                    String escaped = FieldNames.escape(key);
                                    return escaped == null ? key : escaped;
                                })
                                .toList());
            default -> list;
        };
    }

    private static @Nullable CelType object(ObjectValue schema, String name) {
        ObjectValue others = schema.getObject("additionalProperties");
        if (others != null) {
            CelType values = inner(others, name + ".@elem");
            if (values == null) {
                return null;
            }
            Long given = schema.getLong("maxProperties");
            long max = given == null ? (REQUEST - 2) / (values.minSize() + 6) : Math.max(given, 0);
            return CelType.map(CelType.STRING, values).withSizes(max, 2);
        }
        Map<String, CelType.Field> fields = new TreeMap<>();
        java.util.List<String> required = schema.arrayOrEmpty("required").strings();
        long size = 2;
        for (ObjectValue.Member property : schema.objectOrEmpty("properties")) {
            ObjectValue inside = property.value().asObject();
            CelType type = inside == null ? null : inner(inside, name + "." + property.key());
            if (type == null || inside == null) {
                continue;
            }
            String escaped = FieldNames.escape(property.key());
            if (escaped != null) {
                fields.put(escaped, new CelType.Field(property.key(), type));
            }
            if (required.contains(property.key()) && !inside.has("default")) {
                size += property.key().length() + type.minSize() + 4;
            }
        }
        return CelType.objectOf(name, fields).withSizes(0L, size);
    }

    private static CelType text(ObjectValue schema) {
        Long max = schema.getLong("maxLength");
        switch (schema.stringOrEmpty("format")) {
            case "byte":
                return CelType.BYTES.withSizes(max == null ? (Long) (REQUEST - 2) : (Long) Math.max(max, 0), 2);
            case "duration":
                return CelType.DURATION.withSizes(32L, 3);
            case "date":
                return CelType.TIMESTAMP.withSizes(12L, 12);
            case "date-time":
                return CelType.TIMESTAMP.withSizes(32L, 21);
            default:
        }
        if (max != null) {
            return CelType.STRING.withSizes(Math.max(max, 0) * 4, 2);
        }
        long longest = 0;
        for (String value : schema.arrayOrEmpty("enum").strings()) {
            longest = Math.max(longest, value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
        }
        return CelType.STRING.withSizes(schema.arrayOrEmpty("enum").isEmpty() ? REQUEST - 2 : longest, 2);
    }
}
