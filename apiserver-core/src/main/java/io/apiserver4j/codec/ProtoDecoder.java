// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.AnyForm;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads protobuf messages into trees by their schema. The trees are canonical: fields in wire order, what is empty left out
 * where the JSON form leaves it out.
 *
 * @param kinds the schemas of kinds, for objects in their own envelope within an object
 */
record ProtoDecoder(Function<Kind, @Nullable Schema> kinds) {
    /** Reads one object. */
    ObjectValue object(ProtoReader in, Schema schema) {
        WireMessage message = WireMessage.of(schema);
        Slots slots = new Slots(schema.fields().size());
        fields(in, message, slots);
        return slots.finish(schema.fields(), message);
    }

    private void fields(ProtoReader in, WireMessage message, Slots slots) {
        while (in.hasMore()) {
            long tag = in.varint();
            WireMessage.Entry entry = message.entry(ProtoReader.number(tag, message.name()));
            int wireType = (int) tag & 7;
            if (entry == null) {
                in.skip(tag);
                continue;
            }
            SchemaField field = entry.field();
            WireMessage embedded = entry.embedded();
            if (embedded != null) {
                require(wireType, ProtoWriter.BYTES, embedded.name());
                fields(in.nested(), embedded, slots);
            } else if (field != null) {
                field(in, wireType, field, entry.position(), slots);
            }
        }
    }

    private void field(ProtoReader in, int wireType, SchemaField field, int position, Slots slots) {
        Schema schema = field.schema();
        require(wireType, wireType(schema), field.name());
        switch (schema.shape()) {
            case LIST -> {
                List<Value> list = slots.list(position);
                if (ProtoEncoder.wrapped(schema)) {
                    items(in.nested(), schema.items(), 1, list);
                } else {
                    list.add(itemOrNull(in, schema.items()));
                }
            }
            case MAP -> entry(in.nested(), schema.items(), slots.map(position));
            default -> slots.values[position] = single(in, schema);
        }
    }

    private Value itemOrNull(ProtoReader in, Schema schema) {
        Value item = single(in, schema);
        return item == null ? Value.nul() : item;
    }

    /** Reads the repeated field of a number, and steps over everything else. */
    private void items(ProtoReader in, Schema items, int number, List<Value> out) {
        while (in.hasMore()) {
            long tag = in.varint();
            if (ProtoReader.number(tag, "Items") == number && ((int) tag & 7) == wireType(items)) {
                out.add(itemOrNull(in, items));
            } else {
                in.skip(tag);
            }
        }
    }

    private void entry(ProtoReader in, Schema values, ObjectEditor out) {
        String key = "";
        Value value = null;
        while (in.hasMore()) {
            long tag = in.varint();
            int number = ProtoReader.number(tag, "Entry");
            if (number == 1) {
                key = in.text();
            } else if (number == 2 && values.shape() == Shape.LIST) {
                List<Value> list = new ArrayList<>();
                items(in.nested(), values.items(), 1, list);
                value = ArrayValue.of(list);
            } else if (number == 2) {
                value = single(in, values);
            } else {
                in.skip(tag);
            }
        }
        if (value == null) {
            // Bytes of a map are there once their key is, as the real server reads them.
            value = values.shape() == Shape.BYTES ? Value.of("") : WireMessage.zero(values);
        }
        out.put(key, value);
    }

    private static int wireType(Schema schema) {
        return switch (schema.shape()) {
            case INT32, INT64, UINT8, BOOLEAN -> ProtoWriter.VARINT;
            case FLOAT64 -> ProtoWriter.FIXED64;
            case LIST -> ProtoEncoder.wrapped(schema) ? ProtoWriter.BYTES : wireType(schema.items());
            default -> ProtoWriter.BYTES;
        };
    }

    private static void require(int wireType, int expected, String field) {
        if (wireType != expected) {
            String name = switch (field) {
                case "metadata" -> "ObjectMeta";
                case "uid" -> "UID";
                default -> field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
            };
            throw new DecodeException("proto: wrong wireType = " + wireType + " for field " + name);
        }
    }

    /** Reads a value that is there once; null for a time that is none. */
    private @Nullable Value single(ProtoReader in, Schema schema) {
        return switch (schema.shape()) {
            case STRING -> Value.of(in.text());
            case INT32 -> Value.of((int) in.varint());
            case INT64 -> Value.of(in.varint());
            case UINT8 -> Value.of(in.varint() & 0xff);
            case BOOLEAN -> Value.of(in.varint() != 0);
            case FLOAT64 -> real(in.real());
            case BYTES -> Value.of(Base64.getEncoder().encodeToString(in.bytes()));
            case OBJECT -> object(in.nested(), schema);
            case QUANTITY -> Value.of(textOf(in.nested()));
            case TIME, MICRO_TIME -> time(in.nested(), schema.shape() == Shape.MICRO_TIME);
            case INT_OR_STRING -> intOrString(in.nested());
            case ANY -> any(in.nested(), schema);
            default -> throw new IllegalStateException("no protobuf form of " + schema.shape());
        };
    }

    private static NumberValue real(double value) {
        NumberValue number = NumberValue.of(value);
        boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p63 && (value != 0 || 1 / value > 0);
        return whole ? NumberValue.of((long) value) : number;
    }

    private static String textOf(ProtoReader in) {
        String text = "";
        while (in.hasMore()) {
            long tag = in.varint();
            if (ProtoReader.number(tag, "Quantity") == 1) {
                text = in.text();
            } else {
                in.skip(tag);
            }
        }
        return text.isEmpty() ? "0" : text;
    }

    private static @Nullable Value time(ProtoReader in, boolean micros) {
        if (!in.hasMore()) {
            return null;
        }
        long seconds = 0;
        long nanos = 0;
        while (in.hasMore()) {
            long tag = in.varint();
            switch (ProtoReader.number(tag, "Timestamp")) {
                case 1 -> seconds = in.varint();
                case 2 -> nanos = (int) in.varint();
                default -> in.skip(tag);
            }
        }
        return Value.of(micros ? ProtoTimes.micros(seconds, nanos) : ProtoTimes.seconds(seconds));
    }

    private static Value intOrString(ProtoReader in) {
        boolean isText = false;
        int number = 0;
        String text = "";
        while (in.hasMore()) {
            long tag = in.varint();
            switch (ProtoReader.number(tag, "IntOrString")) {
                case 1 -> isText = in.varint() == 1;
                case 2 -> number = (int) in.varint();
                case 3 -> text = in.text();
                default -> in.skip(tag);
            }
        }
        return isText ? Value.of(text) : Value.of(number);
    }

    private Value any(ProtoReader in, Schema schema) {
        return switch (schema.anyForm()) {
            case SCHEMA_OR_BOOL -> schemaOrBool(in, schema);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRING_ARRAY -> schemaOrList(in, schema);
            default -> raw(in);
        };
    }

    private Value schemaOrBool(ProtoReader in, Schema schema) {
        boolean allows = false;
        Value object = null;
        while (in.hasMore()) {
            long tag = in.varint();
            switch (ProtoReader.number(tag, "JSONSchemaPropsOrBool")) {
                case 1 -> allows = in.varint() != 0;
                case 2 -> object = single(in, schema.items());
                default -> in.skip(tag);
            }
        }
        return object == null ? Value.of(allows) : object;
    }

    private Value schemaOrList(ProtoReader in, Schema schema) {
        boolean texts = schema.anyForm() == AnyForm.SCHEMA_OR_STRING_ARRAY;
        Value object = null;
        List<Value> list = new ArrayList<>();
        while (in.hasMore()) {
            long tag = in.varint();
            switch (ProtoReader.number(tag, "JSONSchemaPropsOrArray")) {
                case 1 -> object = single(in, schema.items());
                case 2 -> list.add(texts ? Value.of(in.text()) : itemOrNull(in, schema.items()));
                default -> in.skip(tag);
            }
        }
        if (!list.isEmpty()) {
            return ArrayValue.of(list);
        }
        return object == null ? Value.nul() : object;
    }

    /** JSON bytes, or an object in its own envelope. */
    private Value raw(ProtoReader in) {
        byte[] bytes = new byte[0];
        while (in.hasMore()) {
            long tag = in.varint();
            if (ProtoReader.number(tag, "RawExtension") == 1) {
                bytes = in.bytes();
            } else {
                in.skip(tag);
            }
        }
        if (bytes.length == 0) {
            return Value.nul();
        }
        if (ProtobufEnvelope.hasPrefix(bytes)) {
            ProtobufEnvelope envelope = ProtobufEnvelope.read(bytes);
            Kind kind = envelope.kind();
            Schema schema = kinds.apply(kind);
            if (schema != null) {
                return ProtobufCodec.typed(object(envelope.reader(), schema), kind);
            }
        }
        try {
            return JsonReader.read(bytes);
        } catch (JsonSyntaxException e) {
            throw new DecodeException(
                    "json: error calling MarshalJSON for type runtime.RawExtension: " + e.getMessage());
        }
    }

    /** The fields of one object as they come in. */
    private static final class Slots {
        final @Nullable Object[] values;

        Slots(int size) {
            values = new Object[size];
        }

        @SuppressWarnings("unchecked") // lists are put here only
        List<Value> list(int position) {
            Object known = values[position];
            if (known == null) {
                known = new ArrayList<Value>(4);
                values[position] = known;
            }
            return (List<Value>) known;
        }

        ObjectEditor map(int position) {
            Object known = values[position];
            if (known == null) {
                known = ObjectValue.builder();
                values[position] = known;
            }
            return (ObjectEditor) known;
        }

        ObjectValue finish(List<SchemaField> fields, WireMessage message) {
            ObjectEditor out = ObjectValue.builder();
            for (int i = 0; i < values.length; i++) {
                SchemaField field = fields.get(i);
                Value value = value(values[i]);
                if (value == null || !field.pointer() && WireMessage.leftOut(value, field)) {
                    value = message.whenAbsent(i);
                }
                if (value != null) {
                    out.put(field.name(), value);
                }
            }
            return out.build();
        }

        @SuppressWarnings("unchecked")
        private static @Nullable Value value(@Nullable Object slot) {
            if (slot instanceof List<?> list) {
                return ArrayValue.of((List<Value>) list);
            }
            return slot instanceof ObjectEditor map ? map.build().sorted() : (Value) slot;
        }
    }
}
