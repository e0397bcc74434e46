// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/**
 * The tree of a built-in kind's empty object: the fields that are written whether set or not. They are there before a
 * creation, so a creation that leaves them as they are does not own them.
 */
final class ZeroObject {
    private ZeroObject() {}

    /** The empty object of a kind, with the given first members. */
    static ObjectValue of(Schema schema, ObjectValue start) {
        ObjectEditor out = start.edit();
        for (SchemaField field : schema.fields()) {
            boolean object = field.schema().shape() == Shape.OBJECT && !field.pointer();
            boolean written =
                    switch (field.omit()) {
                        case NEVER -> true;
                        case EMPTY -> object;
                        case ZERO -> false;
                    };
            if (written && !start.has(field.name())) {
                out.put(field.name(), object ? of(field.schema(), ObjectValue.EMPTY) : zero(field));
            }
        }
        return out.build();
    }

    private static Value zero(SchemaField field) {
        if (field.pointer()) {
            return Value.nul();
        }
        return switch (field.schema().shape()) {
            case STRING -> Value.of("");
            case INT32, INT64, UINT8, INT_OR_STRING -> Value.of(0);
            case FLOAT64 -> NumberValue.of(0);
            case BOOLEAN -> Value.of(false);
            case QUANTITY -> Value.of("0");
            case DURATION -> Value.of("0s");
            default -> Value.nul();
        };
    }
}
