// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constant that is put where a field is absent, as {@code path} from an object; the last step's field has the type.
 */
record ConstantDefault(List<String> path, SchemaField field, Value value) {
    /** A constant of a field of the object itself, or null where it would be written as nothing. */
    static @Nullable ConstantDefault published(SchemaField field) {
        Value value = field.defaultValue();
        if (value == null || !field.pointer() && isZero(value)) {
            return null;
        }
        return new ConstantDefault(List.of(field.name()), field, value);
    }

    /** A constant of a line of the facts. */
    static ConstantDefault of(Schema schema, DefaultFacts.Line line) {
        List<String> path = List.of(line.path().split("\\."));
        Schema owner = schema;
        SchemaField field = null;
        for (String step : path) {
            field = owner.field(step);
            if (field == null) {
                throw new IllegalStateException("a default of " + schema + " names no field: " + line.path());
            }
            owner = field.schema();
        }
        if (field == null) {
            throw new IllegalStateException("a default of " + schema + " has no path");
        }
        return new ConstantDefault(path, field, FieldText.constant(line.json()));
    }

    ObjectValue apply(ObjectValue object) {
        return apply(object, 0);
    }

    private ObjectValue apply(ObjectValue object, int depth) {
        String step = path.get(depth);
        Value member = object.get(step);
        if (depth == path.size() - 1) {
            return isAbsent(member) ? object.with(step, value) : object;
        }
        ObjectValue inner = member == null ? null : member.asObject();
        return inner == null ? object : object.with(step, apply(inner, depth + 1));
    }

    private boolean isAbsent(@Nullable Value member) {
        if (member == null || member.isNull()) {
            return true;
        }
        return member instanceof ArrayValue array ? array.isEmpty() : !field.pointer() && isZero(member);
    }

    private static boolean isZero(Value value) {
        return value == StringValue.EMPTY
                || value == BooleanValue.FALSE
                || value instanceof NumberValue number && number.doubleValue() == 0;
    }
}
