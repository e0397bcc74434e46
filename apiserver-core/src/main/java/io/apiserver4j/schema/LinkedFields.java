// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object type in the form that the engines walk: arrays in wire order, a hash index of the names, and
 * what is written where a field is absent. Safe for use by several threads.
 */
final class LinkedFields {
    static final LinkedFields NONE = new LinkedFields(List.of());

    private final SchemaField[] fields;
    private final List<SchemaField> list;
    private final int[] index;
    private volatile Value @Nullable [] whenAbsent;
    private volatile int alwaysWritten;

    LinkedFields(List<SchemaField> fields) {
        this.list = List.copyOf(fields);
        this.fields = list.toArray(new SchemaField[0]);
        this.index = new int[Integer.highestOneBit(Math.max(this.fields.length, 1)) * 4];
        for (int i = 0; i < this.fields.length; i++) {
            int slot = spread(this.fields[i].name()) & (index.length - 1);
            while (index[slot] != 0) {
                slot = (slot + 1) & (index.length - 1);
            }
            index[slot] = i + 1;
        }
    }

    private static int spread(String name) {
        int hash = name.hashCode();
        return hash ^ (hash >>> 16);
    }

    List<SchemaField> list() {
        return list;
    }

    int size() {
        return fields.length;
    }

    SchemaField at(int position) {
        return fields[position];
    }

    /** Position of a name, or -1; {@code guess} is looked at first, since members mostly come in wire order. */
    @SuppressWarnings("ReferenceEquality") // names are mostly interned, by the reader and by the facts
    int position(String name, int guess) {
        if (guess < fields.length && fields[guess].name() == name) {
            return guess;
        }
        int slot = spread(name) & (index.length - 1);
        while (index[slot] != 0) {
            if (fields[index[slot] - 1].name().equals(name)) {
                return index[slot] - 1;
            }
            slot = (slot + 1) & (index.length - 1);
        }
        return -1;
    }

    /** What is written where the field at a position is absent or null, or null where nothing is. */
    @Nullable
    Value whenAbsent(int position) {
        return absentValues()[position];
    }

    /** Number of fields that are always written. */
    int alwaysWritten() {
        absentValues();
        return alwaysWritten;
    }

    /** The object that is written for a value with nothing in it. */
    ObjectValue zero() {
        Value[] absent = absentValues();
        var editor = ObjectValue.builder();
        for (int i = 0; i < fields.length; i++) {
            if (absent[i] != null) {
                editor.append(fields[i].name(), absent[i]);
            }
        }
        return editor.build();
    }

    private @Nullable Value[] absentValues() {
        @Nullable Value[] known = whenAbsent;
        if (known == null) {
            known = new Value[fields.length];
            int always = 0;
            for (int i = 0; i < fields.length; i++) {
                known[i] = zeroOf(fields[i]);
                always += known[i] == null ? 0 : 1;
            }
            alwaysWritten = always;
            whenAbsent = known;
        }
        return known;
    }

    /**
     * Go's encoder leaves out what is empty only where it is no struct: times, quantities and objects are always
     * written.
     */
    private static @Nullable Value zeroOf(SchemaField field) {
        boolean omitted = field.omit() != SchemaField.Omit.NEVER;
        if (field.pointer()) {
            return omitted ? null : Value.nul();
        }
        return switch (field.schema().shape()) {
            case OBJECT ->
                field.omit() == SchemaField.Omit.ZERO
                        ? null
                        : field.schema().linked().zero();
            case TIME, MICRO_TIME -> field.omit() == SchemaField.Omit.ZERO ? null : Value.nul();
            case QUANTITY -> field.omit() == SchemaField.Omit.ZERO ? null : Value.of("0");
            case INT_OR_STRING -> field.omit() == SchemaField.Omit.ZERO ? null : Value.of(0);
            case ANY -> omitted && field.schema().anyForm() == AnyForm.UNTYPED ? null : Value.nul();
            case LIST, MAP, BYTES -> omitted ? null : Value.nul();
            case STRING -> omitted ? null : Value.of("");
            case DURATION -> Value.of("0s");
            case BOOLEAN -> omitted ? null : Value.of(false);
            case INT32, INT64, UINT8, FLOAT64 -> omitted ? null : Value.of(0);
        };
    }
}
