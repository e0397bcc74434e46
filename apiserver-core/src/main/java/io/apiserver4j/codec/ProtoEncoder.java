// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.schema.AnyForm;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as protobuf messages by their schema, with the rules of Kubernetes' generated code: what is no pointer is
 * written even when it is zero, pointers, lists and maps only where they have something, map entries in the order of keys.
 */
final class ProtoEncoder {
    private static final ObjectValue NOTHING = ObjectValue.EMPTY;

    private ProtoEncoder() {}

    /** Writes the fields of an object; the caller puts length and tag before it. */
    static void fields(ObjectValue object, WireMessage message, ProtoWriter out) {
        List<WireMessage.Entry> entries = message.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            WireMessage.Entry entry = entries.get(i);
            SchemaField field = entry.field();
            WireMessage embedded = entry.embedded();
            if (embedded != null) {
                int mark = out.mark();
                fields(object, embedded, out);
                out.message(entry.number(), mark);
            } else if (field != null) {
                field(object.get(field.name()), field, out);
            }
        }
    }

    private static void field(@Nullable Value given, SchemaField field, ProtoWriter out) {
        Value value = given != null && given.isNull() ? null : given;
        Schema schema = field.schema();
        switch (schema.shape()) {
            case LIST -> {
                if (value instanceof ArrayValue list) {
                    list(list, field, out);
                }
            }
            case MAP -> {
                if (value instanceof ObjectValue map) {
                    map(map, schema.items(), field.wireNumber(), out);
                }
            }
            case BYTES -> {
                if (value instanceof StringValue text) {
                    out.bytes(field.wireNumber(), base64(text.value()));
                }
            }
            default -> {
                if (value != null || !field.pointer()) {
                    single(value, schema, field.wireNumber(), out);
                }
            }
        }
    }

    private static void list(ArrayValue list, SchemaField field, ProtoWriter out) {
        Schema items = field.schema().items();
        if (wrapped(field.schema())) {
            int mark = out.mark();
            items(list, items, 1, out);
            out.message(field.wireNumber(), mark);
        } else {
            items(list, items, field.wireNumber(), out);
        }
    }

    /** Lists that are messages of their own where they stand in a field (metav1.Verbs). */
    static boolean wrapped(Schema list) {
        return list.goType().equals("v1.Verbs");
    }

    private static void items(ArrayValue list, Schema items, int number, ProtoWriter out) {
        for (int i = list.size() - 1; i >= 0; i--) {
            Value item = list.get(i);
            if (items.shape() == Shape.BYTES) {
                out.bytes(number, base64(text(item)));
            } else {
                single(item.isNull() ? null : item, items, number, out);
            }
        }
    }

    private static void map(ObjectValue map, Schema values, int number, ProtoWriter out) {
        String[] keys = new String[map.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = map.keyAt(i);
        }
        Arrays.sort(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            int mark = out.mark();
            Value value = map.get(keys[i]);
            Value item = value == null || value.isNull() ? null : value;
            if (values.shape() == Shape.BYTES) {
                if (item != null) {
                    out.bytes(2, base64(text(item)));
                }
            } else if (values.shape() == Shape.LIST) {
                int inner = out.mark();
                if (item instanceof ArrayValue list) {
                    items(list, values.items(), 1, out);
                }
                out.message(2, inner);
            } else {
                single(item, values, 2, out);
            }
            out.text(1, keys[i]);
            out.message(number, mark);
        }
    }

    /** Writes a value that is there once; null as the zero of its type. */
    private static void single(@Nullable Value value, Schema schema, int number, ProtoWriter out) {
        switch (schema.shape()) {
            case STRING -> out.text(number, text(value));
            case INT32, INT64, UINT8 -> out.integer(number, integer(value));
            case BOOLEAN -> out.flag(number, value != null && Boolean.TRUE.equals(value.asBoolean()));
            case FLOAT64 -> out.real(number, real(value));
            default -> {
                int mark = out.mark();
                switch (schema.shape()) {
                    case OBJECT ->
                        fields(value instanceof ObjectValue object ? object : NOTHING, WireMessage.of(schema), out);
                    case QUANTITY -> out.text(1, value == null ? "0" : text(value));
                    case TIME, MICRO_TIME -> time(value, schema.shape() == Shape.MICRO_TIME, out);
                    case INT_OR_STRING -> intOrString(value, out);
                    case ANY -> any(value, schema, out);
                    default -> throw new IllegalStateException("no protobuf form of " + schema.shape());
                }
                out.message(number, mark);
            }
        }
    }

    private static void time(@Nullable Value value, boolean micros, ProtoWriter out) {
        String text = value == null ? null : value.asString();
        if (text != null) {
            Instant time = ProtoTimes.parse(text);
            out.integer(2, micros ? time.getNano() / 1000 * 1000 : 0);
            out.integer(1, time.getEpochSecond());
        }
    }

    private static void intOrString(@Nullable Value value, ProtoWriter out) {
        String text = value == null ? null : value.asString();
        out.text(3, text == null ? "" : text);
        out.integer(2, text == null ? integer(value) : 0);
        out.integer(1, text == null ? 0 : 1);
    }

    private static void any(@Nullable Value value, Schema schema, ProtoWriter out) {
        switch (schema.anyForm()) {
            case SCHEMA_OR_BOOL -> {
                if (value instanceof ObjectValue object) {
                    single(object, schema.items(), 2, out);
                }
                out.flag(1, value != null && !Boolean.FALSE.equals(value.asBoolean()));
            }
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRING_ARRAY -> {
                if (value instanceof ArrayValue list) {
                    boolean texts = schema.anyForm() == AnyForm.SCHEMA_OR_STRING_ARRAY;
                    items(list, texts ? Schema.scalar(Shape.STRING) : schema.items(), 2, out);
                } else if (value != null) {
                    single(value, schema.items(), 1, out);
                }
            }
            default -> {
                if (value != null) {
                    out.bytes(1, JsonWriter.toBytes(value));
                }
            }
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("illegal base64 data");
        }
    }

    private static String text(@Nullable Value value) {
        String text = value == null ? null : value.asString();
        return text == null ? "" : text;
    }

    private static long integer(@Nullable Value value) {
        NumberValue number = value == null ? null : value.asNumber();
        return number == null ? 0 : number.longValue();
    }

    private static double real(@Nullable Value value) {
        NumberValue number = value == null ? null : value.asNumber();
        return number == null ? 0 : number.doubleValue();
    }
}
