// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/**
 * What a built-in object looks like after it was stored: protobuf does not tell an empty list or map from none, so
 * those that are always written read back as null ({@code "rules": []} becomes {@code "rules": null}), and bytes that
 * are null in a map read back as empty. Stateless; from any thread.
 */
public final class StoredForm {
    private StoredForm() {}

    /**
     * The object as it is read back; the same one where nothing changes. The object must be as {@link TypedReader}
     * gives it.
     */
    public static ObjectValue of(Schema schema, ObjectValue object) {
        return object(schema, object);
    }

    private static ObjectValue object(Schema schema, ObjectValue object) {
        LinkedFields fields = schema.linked();
        ObjectValue out = object;
        int position = -1;
        for (int i = 0; i < object.size(); i++) {
            position = fields.position(object.keyAt(i), position + 1);
            Value member = object.valueAt(i);
            if (position >= 0 && (member instanceof ObjectValue || member instanceof ArrayValue)) {
                Value stored = value(fields.at(position).schema(), member);
                out = stored == member ? out : out.with(object.keyAt(i), stored);
            }
        }
        return out;
    }

    private static Value value(Schema schema, Value value) {
        return switch (schema.shape()) {
            case OBJECT -> value instanceof ObjectValue object ? object(schema, object) : value;
            case LIST -> value instanceof ArrayValue array ? list(schema, array) : value;
            case MAP -> value instanceof ObjectValue object ? map(schema, object) : value;
            default -> value;
        };
    }

    private static Value list(Schema schema, ArrayValue array) {
        if (array.isEmpty()) {
            return Value.nul();
        }
        Schema items = schema.items();
        return items.shape().isScalar() ? array : array.map(item -> value(items, item));
    }

    private static Value map(Schema schema, ObjectValue object) {
        if (object.isEmpty()) {
            return Value.nul();
        }
        Schema items = schema.items();
        if (items.shape() == Shape.STRING) {
            return object;
        }
        ObjectValue out = object;
        for (int i = 0; i < object.size(); i++) {
            Value given = object.valueAt(i);
            Value stored = given.isNull() && items.shape() == Shape.BYTES ? Value.of("") : value(items, given);
            out = stored == given ? out : out.with(object.keyAt(i), stored);
        }
        return out;
    }
}
