// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of a facts file: {@code NAME NUMBER TYPE WORDS}, or a type alone. Used once. */
final class FieldText {
    private static final Map<String, Schema> SCALARS = new HashMap<>();

    static {
        SCALARS.put("string", Schema.scalar(Shape.STRING));
        SCALARS.put("bool", Schema.scalar(Shape.BOOLEAN));
        SCALARS.put("int32", Schema.scalar(Shape.INT32));
        SCALARS.put("int64", Schema.scalar(Shape.INT64));
        SCALARS.put("float64", Schema.scalar(Shape.FLOAT64));
        SCALARS.put("bytes", Schema.scalar(Shape.BYTES));
        SCALARS.put("quantity", Schema.scalar(Shape.QUANTITY));
        SCALARS.put("intOrString", Schema.scalar(Shape.INT_OR_STRING));
        SCALARS.put("time", Schema.scalar(Shape.TIME));
        SCALARS.put("microTime", Schema.scalar(Shape.MICRO_TIME));
        SCALARS.put("duration", Schema.scalar(Shape.DURATION));
        SCALARS.put("any", Schema.scalar(Shape.ANY));
        SCALARS.put("rawExtension", any(AnyForm.RAW_EXTENSION, "runtime.RawExtension", null));
        SCALARS.put("fieldsV1", any(AnyForm.FIELDS_V1, "v1.FieldsV1", null));
        SCALARS.put("json", any(AnyForm.JSON, "v1.JSON", null));
    }

    private final SchemaSet set;
    private final String text;
    private int at;
    private ListKind listKind = ListKind.ATOMIC;
    private List<String> keys = List.of();
    private @Nullable Boolean atomic;
    private boolean required;
    private String patchStrategy = "";
    private String patchMergeKey = "";
    private List<String> enumValues = List.of();
    private @Nullable Value defaultValue;

    FieldText(SchemaSet set, String text) {
        this.set = set;
        this.text = text;
    }

    /** The line as a type that has a name of its own. */
    Schema named(String name, String goType) {
        return type(text, goType).withName(name);
    }

    /** The line as a field. */
    SchemaField field() {
        String name = word().intern();
        int number = Integer.parseInt(word());
        String type = word();
        while (at < text.length()) {
            read(word());
        }
        int end = type.length();
        boolean empty = false;
        boolean zero = false;
        for (; type.charAt(end - 1) == '?' || type.charAt(end - 1) == '!'; end--) {
            empty |= type.charAt(end - 1) == '?';
            zero |= type.charAt(end - 1) == '!';
        }
        boolean pointer = type.charAt(0) == '*';
        return new SchemaField(
                name,
                type(type.substring(pointer ? 1 : 0, end), ""),
                zero ? SchemaField.Omit.ZERO : empty ? SchemaField.Omit.EMPTY : SchemaField.Omit.NEVER,
                pointer,
                required,
                defaultValue,
                enumValues,
                number,
                patchStrategy,
                patchMergeKey);
    }

    private String word() {
        int space = text.indexOf(' ', at);
        int end = space < 0 ? text.length() : space;
        String word = text.substring(at, end);
        at = end + 1;
        return word;
    }

    private void read(String word) {
        int colon = word.indexOf(':');
        String rest = word.substring(colon + 1);
        switch (colon < 0 ? word : word.substring(0, colon)) {
            case "atomic" -> atomic = true;
            case "granular" -> atomic = false;
            case "set" -> listKind = ListKind.SET;
            case "map" -> {
                listKind = ListKind.MAP;
                keys = interned(rest);
            }
            case "required" -> required = true;
            case "patch" -> {
                int second = rest.indexOf(':');
                patchStrategy = rest.substring(0, second).intern();
                patchMergeKey = rest.substring(second + 1).intern();
            }
            case "enum" -> enumValues = interned(rest.replace('~', ' '));
            case "default" -> defaultValue = constant(rest);
            default -> throw new IllegalStateException("the facts have an unknown word: ".concat(text));
        }
    }

    /** A JSON constant; for scalars without escapes the reader of JSON would cost too much in a young JVM. */
    static Value constant(String json) {
        return switch (json.charAt(0)) {
            case '"' -> Value.of(json.substring(1, json.length() - 1));
            case 't', 'f' -> Value.of(json.equals("true"));
            case '{', '[' ->
                json.equals("{}") ? ObjectValue.EMPTY : JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            default -> Value.of(Long.parseLong(json));
        };
    }

    private static List<String> interned(String list) {
        String[] values = list.split(",", -1);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i].intern();
        }
        return Arrays.asList(values);
    }

    /** The schema of a type text without pointer and omit marks; {@code goType} where it has a name of its own. */
    private Schema type(String type, String goType) {
        if (type.startsWith("[]")) {
            Schema items = type(type.substring(2), "");
            return Schema.list(goType.isEmpty() ? "[]".concat(items.goType()) : goType, items, listKind, keys);
        }
        if (type.startsWith("map[")) {
            int close = type.indexOf(']') + 1;
            Schema values = type(type.substring(close), "");
            String printed = goType.isEmpty() ? type.substring(0, close).concat(values.goType()) : goType;
            return Schema.map(printed, values, atomic != null && atomic);
        }
        int colon = type.indexOf(':');
        Schema scalar = SCALARS.get(colon < 0 ? type : type.substring(0, colon));
        if (scalar != null) {
            return colon < 0
                    ? scalar
                    : Schema.scalar(scalar.shape(), type.substring(colon + 1).intern());
        }
        return switch (type) {
            case "schemaOrBool" -> orSchema(AnyForm.SCHEMA_OR_BOOL, "v1.JSONSchemaPropsOrBool");
            case "schemaOrArray" -> orSchema(AnyForm.SCHEMA_OR_ARRAY, "v1.JSONSchemaPropsOrArray");
            case "schemaOrStringArray" -> orSchema(AnyForm.SCHEMA_OR_STRING_ARRAY, "v1.JSONSchemaPropsOrStringArray");
            default -> {
                Schema named = set.resolve(type);
                if (named.shape() == Shape.LIST && listKind != ListKind.ATOMIC) {
                    yield Schema.list(named.goType(), named.items(), listKind, keys)
                            .withName(named.name());
                }
                yield atomic == null || named.shape() != Shape.OBJECT ? named : named.withAtomic(atomic);
            }
        };
    }

    private Schema orSchema(AnyForm form, String goType) {
        return any(form, goType, set.resolve("JSONSchemaProps"));
    }

    private static Schema any(AnyForm form, String goType, @Nullable Schema items) {
        return new Schema(Shape.ANY, "", goType, items, ListKind.ATOMIC, List.of(), true, true, form);
    }
}
