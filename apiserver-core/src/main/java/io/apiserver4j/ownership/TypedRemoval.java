// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Takes fields out of values. */
final class TypedRemoval {
    private TypedRemoval() {}

    /** The value without the fields of a set; a container of which nothing is left becomes null. */
    static Value remove(Value value, FieldSet fields, Schema schema) {
        return fields.isEmpty() ? value : values(value, fields, Typing.seen(schema));
    }

    private static Value values(Value value, FieldSet fields, Schema schema) {
        if (Typing.isLeaf(schema, value)) {
            return value.asObject() == null && value.asArray() == null ? value : Value.nul();
        }
        if (schema.shape() == Shape.LIST) {
            ArrayValue array = value.asArray();
            return array == null ? Value.nul() : list(array, fields, schema);
        }
        ObjectValue object = value.asObject();
        return object == null ? Value.nul() : object(object, fields, schema);
    }

    private static Value object(ObjectValue object, FieldSet fields, Schema schema) {
        ObjectEditor left = ObjectValue.builder();
        for (int i = 0; i < object.size(); i++) {
            String name = object.keyAt(i);
            int at = fields.find(FieldStep.field(name));
            if (at >= 0 && fields.memberAt(at)) {
                continue;
            }
            FieldSet below = at < 0 ? null : fields.childAt(at);
            Value value = object.valueAt(i);
            left.append(name, below == null ? value : values(value, below, Typing.member(schema, name)));
        }
        return left.size() == 0 ? Value.nul() : left.build();
    }

    private static Value list(ArrayValue array, FieldSet fields, Schema schema) {
        Schema items = Typing.items(schema);
        List<Value> left = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            int at = fields.find(Typing.step(schema, array.get(i)));
            if (at >= 0 && fields.memberAt(at)) {
                continue;
            }
            FieldSet below = at < 0 ? null : fields.childAt(at);
            left.add(below == null ? array.get(i) : values(array.get(i), below, items));
        }
        return left.isEmpty() ? Value.nul() : ArrayValue.of(left);
    }
}
