// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.schema.AnyForm;
import io.apiserver4j.schema.Embedded;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The protobuf layout of an object type: its fields by their numbers, embedded types as messages of their own. Made once for
 * each schema of a built-in kind; safe for use by several threads.
 */
final class WireMessage {
    private static final Map<Schema, WireMessage> KNOWN = new ConcurrentHashMap<>();

    /**
     * A number of the message: a field, with its position among the JSON fields, or an embedded type.
     */
    record Entry(
            int number,
            @Nullable SchemaField field,
            int position,
            @Nullable WireMessage embedded) {}

    private final String name;
    private final List<Entry> entries;
    private final @Nullable Entry[] byNumber;

    private final List<SchemaField> fields;
    private volatile Value @Nullable [] absent;

    private WireMessage(String name, List<SchemaField> fields, List<Entry> entries) {
        this.name = name;
        this.fields = fields;
        this.entries =
                entries.stream().sorted(Comparator.comparingInt(Entry::number)).toList();
        int last = this.entries.isEmpty()
                ? 0
                : this.entries.get(this.entries.size() - 1).number();
        byNumber = new Entry[last + 1];
        for (Entry entry : this.entries) {
            byNumber[entry.number()] = entry;
        }
    }

    static WireMessage of(Schema schema) {
        WireMessage known = KNOWN.get(schema);
        if (known == null) {
            known = make(schema);
            KNOWN.put(schema, known);
        }
        return known;
    }

    /** The type's bare name, for messages. */
    String name() {
        return name;
    }

    /** What the message has, in rising order of numbers. */
    List<Entry> entries() {
        return entries;
    }

    /** What a number stands for, or null. */
    @Nullable
    Entry entry(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /** What JSON shows where the field at a position is absent or empty, or null where it shows nothing. */
    @Nullable
    Value whenAbsent(int position) {
        @Nullable Value[] known = absent;
        if (known == null) {
            known = new Value[fields.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = absentValue(fields.get(i));
            }
            absent = known;
        }
        return known[position];
    }

    private static @Nullable Value absentValue(SchemaField field) {
        boolean omitted = field.omit() != SchemaField.Omit.NEVER;
        if (field.pointer()) {
            return omitted ? null : Value.nul();
        }
        boolean struct = switch (field.schema().shape()) {
            case OBJECT, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, DURATION -> true;
            case ANY -> field.schema().anyForm() != AnyForm.UNTYPED;
            default -> false;
        };
        // what is a struct in Go is never empty, only zero
        boolean left = struct ? field.omit() == SchemaField.Omit.ZERO : omitted;
        return left ? null : zero(field.schema());
    }

    /** What JSON shows of a value of which nothing was written. */
    static Value zero(Schema schema) {
        return switch (schema.shape()) {
            case STRING -> StringValue.EMPTY;
            case INT32, INT64, UINT8, FLOAT64, INT_OR_STRING -> Value.of(0);
            case BOOLEAN -> Value.of(false);
            case QUANTITY -> Value.of("0");
            case DURATION -> Value.of("0s");
            case OBJECT -> {
                WireMessage message = of(schema);
                ObjectEditor out = ObjectValue.builder();
                for (int i = 0; i < message.fields.size(); i++) {
                    Value value = message.whenAbsent(i);
                    if (value != null) {
                        out.put(message.fields.get(i).name(), value);
                    }
                }
                yield out.build();
            }
            case LIST, MAP, BYTES, TIME, MICRO_TIME, ANY -> Value.nul();
        };
    }

    /** True where JSON leaves a value out that is there: the empty ones of fields that are no pointers. */
    static boolean leftOut(Value value, SchemaField field) {
        if (field.omit() == SchemaField.Omit.NEVER) {
            return false;
        }
        return switch (field.schema().shape()) {
            case STRING, BYTES -> StringValue.EMPTY.equals(value);
            case INT32, INT64, UINT8, FLOAT64 -> {
                NumberValue number = value.asNumber();
                yield number != null && number.doubleValue() == 0;
            }
            case BOOLEAN -> BooleanValue.FALSE.equals(value);
            case OBJECT -> field.omit() == SchemaField.Omit.ZERO && value.equals(zero(field.schema()));
            default -> false;
        };
    }

    private static WireMessage make(Schema schema) {
        Map<Embedded, List<Entry>> groups = new HashMap<>();
        List<Entry> own = new ArrayList<>();
        List<SchemaField> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            SchemaField field = fields.get(i);
            if (field.wireNumber() > 0) {
                Embedded in = field.embedded();
                List<Entry> target = in == null ? own : groups.computeIfAbsent(in, e -> new ArrayList<>());
                target.add(new Entry(field.wireNumber(), field, i, null));
                for (Embedded outer = in == null ? null : in.outer(); outer != null; outer = outer.outer()) {
                    groups.computeIfAbsent(outer, e -> new ArrayList<>());
                }
            }
        }
        return new WireMessage(bareName(schema), fields, nested(null, own, groups));
    }

    private static List<Entry> nested(@Nullable Embedded outer, List<Entry> own, Map<Embedded, List<Entry>> groups) {
        List<Entry> out = new ArrayList<>(own);
        groups.forEach((struct, entries) -> {
            boolean here = outer == null ? struct.outer() == null : outer.equals(struct.outer());
            // type and version of an object are in its envelope, not in its message
            if (here && struct.wireNumber() > 0) {
                WireMessage message = new WireMessage(struct.name(), List.of(), nested(struct, entries, groups));
                out.add(new Entry(struct.wireNumber(), null, -1, message));
            }
        });
        return out;
    }

    private static String bareName(Schema schema) {
        return schema.name().substring(schema.name().lastIndexOf('.') + 1);
    }
}
