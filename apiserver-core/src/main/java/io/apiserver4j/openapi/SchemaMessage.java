// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** The message {@code openapi.v2.Schema}: field numbers are those of its declaration. */
final class SchemaMessage {
    private static final Map<String, Integer> TEXTS =
            Map.of("$ref", 1, "format", 2, "title", 3, "description", 4, "pattern", 13, "discriminator", 26);
    private static final Map<String, Integer> REALS = Map.of("multipleOf", 6, "maximum", 7, "minimum", 9);
    private static final Map<String, Integer> INTEGERS = Map.of(
            "maxLength", 11,
            "minLength", 12,
            "maxItems", 14,
            "minItems", 15,
            "maxProperties", 17,
            "minProperties", 18);
    private static final Map<String, Integer> FLAGS =
            Map.of("exclusiveMaximum", 8, "exclusiveMinimum", 10, "uniqueItems", 16, "readOnly", 27);
    private static final Map<String, Integer> ANY = Map.of("default", 5, "example", 30);

    private SchemaMessage() {}

    static void write(ObjectValue schema, MessageWriter out) {
        for (ObjectValue.Member member : schema) {
            member(member.key(), member.value(), out);
        }
    }

    private static void member(String name, Value value, MessageWriter out) {
        if (name.startsWith("x-")) {
            extension(31, name, value, out);
            return;
        }
        NumberValue number = value.asNumber();
        if (TEXTS.containsKey(name)) {
            out.text(TEXTS.getOrDefault(name, 0), value.asString());
        } else if (REALS.containsKey(name) && number != null) {
            out.real(REALS.getOrDefault(name, 0), number.doubleValue());
        } else if (INTEGERS.containsKey(name) && number != null) {
            out.integer(INTEGERS.getOrDefault(name, 0), (long) number.doubleValue());
        } else if (FLAGS.containsKey(name)) {
            out.flag(FLAGS.getOrDefault(name, 0), Boolean.TRUE.equals(value.asBoolean()));
        } else if (ANY.containsKey(name)) {
            out.any(ANY.getOrDefault(name, 0), value);
        } else {
            parts(name, value, out);
        }
    }

    private static void parts(String name, Value value, MessageWriter out) {
        ObjectValue object = object(value);
        switch (name) {
            case "required" -> texts(19, value, out);
            case "enum" -> array(value).forEach(one -> out.any(20, one));
            case "additionalProperties" ->
                out.message(21, item -> {
                    if (value.asObject() != null) {
                        item.message(1, schema -> write(object, schema));
                    } else {
                        item.flag(2, Boolean.TRUE.equals(value.asBoolean()));
                    }
                });
            case "type" ->
                out.message(22, type -> texts(1, value instanceof StringValue ? ArrayValue.of(value) : value, type));
            case "items" -> out.message(23, items -> items.message(1, schema -> write(object, schema)));
            case "allOf" -> array(value).objects().forEach(one -> out.message(24, schema -> write(one, schema)));
            case "properties" -> out.message(25, properties -> schemas(object, properties));
            case "externalDocs" ->
                out.message(29, docs -> {
                    docs.text(1, object.stringOrEmpty("description"));
                    docs.text(2, object.stringOrEmpty("url"));
                });
            default -> {
                // what Swagger 2 has no word for is not said
            }
        }
    }

    /** Schemas by name, as properties and definitions have them. */
    static void schemas(ObjectValue schemas, MessageWriter out) {
        for (ObjectValue.Member member : schemas) {
            out.named(1, member.key(), schema -> write(object(member.value()), schema));
        }
    }

    static void extension(int number, String name, Value value, MessageWriter out) {
        out.message(number, pair -> {
            pair.text(1, name);
            pair.any(2, value);
        });
    }

    static void texts(int number, Value value, MessageWriter out) {
        array(value).strings().forEach(text -> out.text(number, text));
    }

    static ObjectValue object(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    static ArrayValue array(Value value) {
        ArrayValue array = value.asArray();
        return array == null ? ArrayValue.EMPTY : array;
    }
}
