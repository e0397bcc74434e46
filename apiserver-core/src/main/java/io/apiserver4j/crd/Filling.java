// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/**
 * Fills the defaults of a structural schema: what is absent, or null where null is not allowed, becomes the default; then
 * the values inside are filled, those that were just put there included.
 */
final class Filling {
    private Filling() {}

    /** The object with its defaults; the same one where nothing was absent. */
    static ObjectValue fill(ObjectValue object, StructuralSchema schema) {
        return schema.defaults ? object(object, schema) : object;
    }

    private static Value value(Value value, StructuralSchema schema) {
        if (!schema.defaults) {
            return value;
        }
        if (value instanceof ObjectValue object) {
            return object(object, schema);
        }
        StructuralSchema items = schema.items;
        return value instanceof ArrayValue array && items != null
                ? array.map(item -> value(orDefault(item, items), items))
                : value;
    }

    private static Value orDefault(Value value, StructuralSchema schema) {
        Value otherwise = schema.defaultValue;
        return value.isNull() && !schema.nullable && otherwise != null ? otherwise : value;
    }

    private static ObjectValue object(ObjectValue given, StructuralSchema schema) {
        ObjectValue out = given;
        for (Map.Entry<String, StructuralSchema> property : schema.properties.entrySet()) {
            StructuralSchema inner = property.getValue();
            if (!inner.defaults) {
                continue;
            }
            Value member = out.get(property.getKey());
            Value filled = member == null ? inner.defaultValue : orDefault(member, inner);
            if (filled != null) {
                filled = value(filled, inner);
                out = filled == member ? out : out.with(property.getKey(), filled);
            }
        }
        StructuralSchema rest = schema.additional;
        if (rest == null || !rest.defaults) {
            return out;
        }
        for (int i = 0; i < given.size(); i++) {
            String name = given.keyAt(i);
            if (!schema.properties.containsKey(name)) {
                Value filled = value(orDefault(given.valueAt(i), rest), rest);
                out = filled == given.valueAt(i) ? out : out.with(name, filled);
            }
        }
        return out;
    }
}
