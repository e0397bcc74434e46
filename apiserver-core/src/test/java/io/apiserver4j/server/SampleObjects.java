// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes objects that should be valid by a structural schema: with what must be there, and with more on demand. */
final class SampleObjects {
    private static final List<String> TEXTS = List.of(
            "a",
            "10s",
            "1Gi",
            "10.0.0.0/24",
            "10.0.0.1",
            "A",
            "1",
            "a.example.com",
            "https://a.example.com/x",
            "/a",
            "2026-01-02T03:04:05Z",
            "a=b",
            "sha256:" + "a".repeat(64),
            "a".repeat(40),
            "v1",
            "a/b",
            "*",
            "Aa1",
            "1.2.3",
            "aa:aa:aa:aa:aa:aa",
            "0 0 * * *",
            "TCP",
            "5m",
            "10%",
            "a-b",
            "1d",
            "100ms",
            "a".repeat(16),
            "1h0m0s",
            "0x1");

    private SampleObjects() {}

    /** A value by a schema, or null where none was found. */
    static @Nullable Value of(ObjectValue schema, int depth) {
        Value preset = schema.get("default");
        if (preset != null && !preset.isNull()) {
            return preset;
        }
        ArrayValue choices = schema.getArray("enum");
        if (choices != null && !choices.isEmpty()) {
            return choices.get(0);
        }
        if (schema.isTrue("x-kubernetes-int-or-string")) {
            return Value.of(1);
        }
        return switch (schema.stringOrEmpty("type")) {
            case "string" -> text(schema);
            case "integer", "number" -> number(schema);
            case "boolean" -> Value.of(true);
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            default ->
                schema.isTrue("x-kubernetes-preserve-unknown-fields") ? ObjectValue.of("any", Value.of("thing")) : null;
        };
    }

    private static @Nullable Value number(ObjectValue schema) {
        long least = Math.max(schema.longOr("minimum", 1), 1) + (schema.isTrue("exclusiveMinimum") ? 1 : 0);
        long step = Math.max(schema.longOr("multipleOf", 1), 1);
        long value = (least + step - 1) / step * step;
        Long most = schema.getLong("maximum");
        return Value.of(most != null && value > most ? most : value);
    }

    private static @Nullable Value text(ObjectValue schema) {
        String given = schema.stringOrEmpty("format");
        switch (given) {
            case "date-time" -> {
                return Value.of("2026-01-02T03:04:05Z");
            }
            case "date" -> {
                return Value.of("2026-01-02");
            }
            case "byte" -> {
                return Value.of("YWJj");
            }
            case "duration" -> {
                return Value.of("10s");
            }
            case "uuid" -> {
                return Value.of("123e4567-e89b-12d3-a456-426614174000");
            }
            default -> {
                // by the pattern
            }
        }
        for (String candidate : TEXTS) {
            if (candidate.length() >= schema.longOr("minLength", 0)
                    && candidate.length() <= schema.longOr("maxLength", Long.MAX_VALUE)
                    && matches(schema, candidate)) {
                return Value.of(candidate);
            }
        }
        return null;
    }

    private static boolean matches(ObjectValue schema, String candidate) {
        String pattern = schema.getString("pattern");
        try {
            boolean fits = pattern == null
                    || Pattern.compile(pattern).matcher(candidate).find();
            for (String group : List.of("allOf", "anyOf", "oneOf")) {
                List<ObjectValue> all = schema.arrayOrEmpty(group).objects();
                if (!all.isEmpty()) {
                    fits &= group.equals("allOf")
                            ? all.stream().allMatch(one -> matches(one, candidate))
                            : all.stream().anyMatch(one -> matches(one, candidate));
                }
            }
            return fits;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static @Nullable Value array(ObjectValue schema, int depth) {
        Value item = of(schema.objectOrEmpty("items"), depth - 1);
        if (item == null) {
            return schema.longOr("minItems", 0) > 0 ? null : ArrayValue.of(List.of());
        }
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < Math.max(1, schema.longOr("minItems", 0)); i++) {
            items.add(item);
        }
        return ArrayValue.of(items);
    }

    /** With what is required, what the first alternative requires, and everything else down to a depth. */
    static @Nullable ObjectValue object(ObjectValue schema, int depth) {
        ObjectValue properties = schema.objectOrEmpty("properties");
        Set<String> required =
                new LinkedHashSet<>(schema.arrayOrEmpty("required").strings());
        for (String group : List.of("oneOf", "anyOf")) {
            List<ObjectValue> alternatives = schema.arrayOrEmpty(group).objects();
            if (!alternatives.isEmpty()) {
                required.addAll(alternatives.get(0).arrayOrEmpty("required").strings());
            }
        }
        boolean alternatives = schema.has("oneOf") || schema.has("anyOf") || schema.has("not");
        for (ObjectValue.Member property : properties) {
            if (required.size() < schema.longOr("minProperties", 0)) {
                required.add(property.key());
            }
        }
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member property : properties) {
            boolean must = required.contains(property.key());
            if (!must && (depth <= 0 || alternatives)) {
                continue;
            }
            ObjectValue inner = property.value().asObject();
            Value value = inner == null ? null : of(inner, depth - 1);
            if (value != null) {
                out.put(property.key(), value);
            } else if (must) {
                return null;
            }
        }
        ObjectValue values = schema.getObject("additionalProperties");
        if (values != null && depth > 0) {
            Value value = of(values, depth - 1);
            if (value != null) {
                out.put("key", value);
            }
        }
        return out.build();
    }
}
