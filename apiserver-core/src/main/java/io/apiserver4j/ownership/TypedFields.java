// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sets of fields that a value has by its schema. */
final class TypedFields {
    private TypedFields() {}

    /**
     * The fields that somebody who applies this value owns: leaves, list items, entries of maps, and what is there but
     * empty.
     *
     * @throws TypedProblem where list items cannot be told apart
     */
    static FieldSet applied(Value value, Schema schema) {
        FieldSet.Builder out = new FieldSet.Builder();
        if (schema.shape() == Shape.LIST) {
            appliedItems(Typing.arrayOf(value), schema, out);
        } else {
            appliedMembers(Typing.objectOf(value), schema, out);
        }
        return out.build();
    }

    private static void appliedMembers(ObjectValue object, Schema schema, FieldSet.Builder out) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.keyAt(i);
            Value value = object.valueAt(i);
            Schema inner = Typing.member(schema, name);
            FieldStep step = FieldStep.field(name);
            if (Typing.isLeaf(inner, value)) {
                out.add(step, true, null);
                continue;
            }
            ObjectValue empty = value.asObject();
            boolean itself = value.isNull() || empty != null && empty.isEmpty() || !Typing.isNamed(schema, name);
            out.add(step, itself, value.isNull() ? null : applied(value, inner));
        }
    }

    private static void appliedItems(ArrayValue array, Schema schema, FieldSet.Builder out) {
        Schema items = Typing.items(schema);
        List<FieldStep> steps = Typing.steps(schema, array);
        Set<FieldStep> twice = twice(steps);
        for (int i = 0; i < steps.size(); i++) {
            FieldStep step = steps.get(i);
            Value item = array.get(i);
            boolean whole = Typing.isLeaf(items, item) || item.isNull() || twice.contains(step);
            out.add(step, true, whole ? null : applied(item, items));
        }
    }

    /**
     * All fields below a value that came or went as a whole: containers and what is in them.
     *
     * @throws TypedProblem where list items cannot be told apart
     */
    static FieldSet below(Value value, Schema schema) {
        if (Typing.isLeaf(schema, value)) {
            return FieldSet.EMPTY;
        }
        FieldSet.Builder out = new FieldSet.Builder();
        if (schema.shape() == Shape.LIST) {
            ArrayValue array = Typing.arrayOf(value);
            Schema items = Typing.items(schema);
            List<FieldStep> steps = Typing.steps(schema, array);
            Set<FieldStep> twice = twice(steps);
            for (int i = 0; i < steps.size(); i++) {
                out.add(steps.get(i), true, twice.contains(steps.get(i)) ? null : below(array.get(i), items));
            }
        } else {
            ObjectValue object = Typing.objectOf(value);
            for (int i = 0; i < object.size(); i++) {
                String name = object.keyAt(i);
                out.add(FieldStep.field(name), true, below(object.valueAt(i), Typing.member(schema, name)));
            }
        }
        return out.build();
    }

    /** The steps that come more than once; such items are owned as one. */
    static Set<FieldStep> twice(List<FieldStep> steps) {
        if (steps.size() < 2) {
            return Set.of();
        }
        Set<FieldStep> seen = new HashSet<>(steps.size() * 2);
        Set<FieldStep> twice = new HashSet<>(0);
        for (FieldStep step : steps) {
            if (!seen.add(step)) {
                twice.add(step);
            }
        }
        return twice;
    }
}
