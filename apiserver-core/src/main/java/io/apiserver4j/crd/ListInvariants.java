// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.schema.ListKind;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Items of sets come once, and items of keyed lists once per key. */
final class ListInvariants {
    private ListInvariants() {}

    static void check(StructuralSchema schema, Value value, ValuePath path, FieldErrors errors) {
        if (value instanceof ObjectValue object) {
            for (ObjectValue.Member member : object) {
                StructuralSchema inner = schema.member(member.key());
                if (inner != null && inner != StructuralSchema.ANYTHING) {
                    boolean named = schema.properties.containsKey(member.key());
                    ValuePath at = named ? path.field(member.key()) : path.key(member.key());
                    check(inner, member.value(), at, errors);
                }
            }
        } else if (value instanceof ArrayValue array) {
            twice(schema, array, path, errors);
            StructuralSchema items = schema.items;
            for (int i = 0; i < array.size() && items != null; i++) {
                check(items, array.get(i), path.index(i), errors);
            }
        }
    }

    private static void twice(StructuralSchema schema, ArrayValue array, ValuePath path, FieldErrors errors) {
        if (schema.listKind == ListKind.ATOMIC) {
            return;
        }
        for (int i = 0; i < array.size() && schema.listKind == ListKind.MAP; i++) {
            if (array.get(i).asObject() == null && !array.get(i).isNull()) {
                errors.invalid(path.index(i), array.get(i), "must be an object for an array of list-type map");
                return;
            }
        }
        Set<Value> seen = new HashSet<>();
        Set<Value> told = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            Value key = schema.listKind == ListKind.SET ? array.get(i) : keys(array.get(i), schema);
            if (key != null && !seen.add(key) && told.add(key)) {
                errors.duplicate(path.index(i), key);
            }
        }
    }

    /** The key members of an item of a keyed list, by the alphabet; null where the item is no object or the list not keyed. */
    static @Nullable Value keys(Value item, StructuralSchema schema) {
        ObjectValue object = item.asObject();
        if (object == null || schema.listKind != ListKind.MAP) {
            return null;
        }
        ObjectEditor out = ObjectValue.builder();
        for (String name : schema.listKeys) {
            out.putIfPresent(name, object.get(name));
        }
        return out.build().sorted();
    }

    /** The items of a keyed list by their keys; empty for other lists. */
    static Map<Value, Value> byKeys(ArrayValue array, StructuralSchema schema) {
        if (schema.listKind != ListKind.MAP) {
            return Map.of();
        }
        Map<Value, Value> out = new HashMap<>();
        for (Value item : array) {
            Value key = keys(item, schema);
            if (key != null) {
                out.putIfAbsent(key, item);
            }
        }
        return out;
    }
}
