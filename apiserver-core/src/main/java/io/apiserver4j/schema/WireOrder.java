// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/** Puts members into wire order after something was changed by hand; what did not change is not looked at. */
public final class WireOrder {
    private WireOrder() {}

    /** The value with its members in wire order, given that {@code before} was in order. */
    public static Value restore(Schema schema, Value value, @Nullable Value before) {
        if (value == before) {
            return value;
        }
        return switch (schema.shape()) {
            case OBJECT -> value instanceof ObjectValue object ? object(schema, object, asObject(before)) : value;
            case MAP ->
                value instanceof ObjectValue object
                        ? map(schema, object, asObject(before)).sorted()
                        : value;
            case LIST -> value instanceof ArrayValue array ? list(schema, array, before) : value;
            default -> value;
        };
    }

    private static ObjectValue asObject(@Nullable Value value) {
        ObjectValue object = value == null ? null : value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    private static ObjectValue object(Schema schema, ObjectValue value, ObjectValue before) {
        LinkedFields fields = schema.linked();
        @Nullable Value[] slots = new Value[fields.size()];
        boolean same = true;
        int last = -1;
        for (int i = 0; i < value.size(); i++) {
            int position = fields.position(value.keyAt(i), last + 1);
            if (position < 0) {
                throw new IllegalStateException(schema + " has no field " + value.keyAt(i));
            }
            Value member = restore(fields.at(position).schema(), value.valueAt(i), before.get(value.keyAt(i)));
            same &= position > last && member == value.valueAt(i);
            last = position;
            slots[position] = member;
        }
        if (same) {
            return value;
        }
        ObjectEditor editor = ObjectValue.builder();
        for (int i = 0; i < slots.length; i++) {
            Value member = slots[i];
            if (member != null) {
                editor.append(fields.at(i).name(), member);
            }
        }
        return editor.build();
    }

    private static ObjectValue map(Schema schema, ObjectValue value, ObjectValue before) {
        ObjectValue out = value;
        for (int i = 0; i < value.size(); i++) {
            String key = value.keyAt(i);
            out = out.with(key, restore(schema.items(), value.valueAt(i), before.get(key)));
        }
        return out;
    }

    private static ArrayValue list(Schema schema, ArrayValue value, @Nullable Value before) {
        ArrayValue old = before == null ? null : before.asArray();
        ArrayValue out = value;
        for (int i = 0; i < value.size(); i++) {
            Value past = old != null && i < old.size() ? old.get(i) : null;
            out = out.with(i, restore(schema.items(), value.get(i), past));
        }
        return out;
    }
}
