// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.AnyForm;
import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ownership looks at a schema: what is owned as one value, what member by member, and how list items are told
 * apart.
 */
final class Typing {
    /** Deduced from the value: objects are owned member by member, everything else as one value. */
    static final Schema DEDUCED = Schema.object("", false, true);

    private Typing() {}

    /** The schema as the walks see it: of values of any shape only raw extensions are owned as one. */
    static Schema seen(Schema schema) {
        return schema.shape() == Shape.ANY && schema.anyForm() != AnyForm.RAW_EXTENSION ? DEDUCED : schema;
    }

    /** True where the value is owned as one. */
    static boolean isLeaf(Schema schema, Value value) {
        return schema.isAtomic() || isDeduced(schema) && value.asObject() == null && !value.isNull();
    }

    /** True where the schema says nothing about members, so their types are deduced. */
    static boolean isDeduced(Schema schema) {
        return schema.shape() == Shape.OBJECT
                && !schema.isAtomic()
                && schema.fields().isEmpty();
    }

    /** The schema of a member of an object or map, or null where there may be none of this name. */
    static @Nullable Schema memberOrNull(Schema schema, String name) {
        if (schema.shape() == Shape.MAP) {
            return seen(schema.items());
        }
        Schema known = schema.fieldSchema(name);
        if (known != null) {
            return seen(known);
        }
        return schema.preservesUnknown()
                        || schema.shape() != Shape.OBJECT
                        || schema.fields().isEmpty()
                ? DEDUCED
                : null;
    }

    /** The schema of a member of an object or map; members that are not known are deduced. */
    static Schema member(Schema schema, String name) {
        Schema known = memberOrNull(schema, name);
        return known == null ? DEDUCED : known;
    }

    /** True where the schema names this member, as opposed to entries of maps and unknown members. */
    static boolean isNamed(Schema schema, String name) {
        return schema.shape() == Shape.OBJECT && schema.field(name) != null;
    }

    /** The schema of list items. */
    static Schema items(Schema list) {
        return seen(list.items());
    }

    /**
     * The step that leads to an item of a set or keyed list.
     *
     * @throws TypedProblem where the item cannot be told apart
     */
    static FieldStep step(Schema list, Value item) {
        if (list.listKind() == ListKind.MAP) {
            return keyStep(list, item);
        }
        if (item.asObject() != null) {
            throw new TypedProblem("associative list without keys has an element that's a map type");
        }
        if (item.asArray() != null) {
            throw new TypedProblem("not supported: associative list with lists as elements");
        }
        if (item.isNull()) {
            throw new TypedProblem("associative list without keys has an element that's an explicit null");
        }
        return FieldStep.value(item);
    }

    private static FieldStep keyStep(Schema list, Value item) {
        if (item.isNull()) {
            throw new TypedProblem("associative list with keys may not have a null element");
        }
        ObjectValue object = item.asObject();
        if (object == null) {
            throw new TypedProblem("associative list with keys may not have non-map elements");
        }
        List<String> keys = list.listKeys();
        if (keys.size() == 1) {
            Value only = keyValue(list, object, keys.get(0));
            if (only != null) {
                return FieldStep.key(ObjectValue.of(keys.get(0), only));
            }
        }
        ObjectEditor fields = ObjectValue.builder();
        for (int i = 0; i < keys.size(); i++) {
            Value value = keyValue(list, object, keys.get(i));
            if (value != null) {
                fields.put(keys.get(i), value);
            }
        }
        if (fields.size() == 0) {
            StringBuilder quoted = new StringBuilder();
            keys.forEach(key -> quoted.append(quoted.length() > 0 ? " " : "")
                    .append('"')
                    .append(key)
                    .append('"'));
            throw new TypedProblem("associative list with keys has an element that omits all key fields [" + quoted
                    + "] (and doesn't have default values for any key fields)");
        }
        return FieldStep.key(fields.build());
    }

    private static @Nullable Value keyValue(Schema list, ObjectValue item, String key) {
        Value value = item.get(key);
        if (value != null) {
            return value;
        }
        SchemaField field = list.items().field(key);
        if (field == null || field.defaultValue() != null) {
            return field == null ? null : field.defaultValue();
        }
        // a field that is always written has its zero as default, as the published schemas say
        return field.omit() == SchemaField.Omit.NEVER && !field.pointer()
                ? zero(field.schema().shape())
                : null;
    }

    private static @Nullable Value zero(Shape shape) {
        return switch (shape) {
            case STRING -> Value.of("");
            case INT32, INT64, UINT8, FLOAT64 -> Value.of(0);
            case BOOLEAN -> Value.of(false);
            default -> null;
        };
    }

    /** True where two items have the same step, without making the steps; false for items that have none. */
    static boolean sameItem(Schema list, Value one, Value other) {
        if (list.listKind() != ListKind.MAP) {
            return one.equals(other);
        }
        ObjectValue a = one.asObject();
        ObjectValue b = other.asObject();
        if (a == null || b == null) {
            return false;
        }
        List<String> keys = list.listKeys();
        for (int i = 0; i < keys.size(); i++) {
            Value mine = keyValue(list, a, keys.get(i));
            Value theirs = keyValue(list, b, keys.get(i));
            if (mine == null ? theirs != null : theirs == null || !same(mine, theirs)) {
                return false;
            }
        }
        return true;
    }

    /** The steps of all items, in order. */
    static List<FieldStep> steps(Schema list, ArrayValue array) {
        List<FieldStep> steps = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            steps.add(step(list, array.get(i)));
        }
        return steps;
    }

    /** The value as an object; null and absent read as empty. */
    static ObjectValue objectOf(@Nullable Value value) {
        if (value == null || value.isNull()) {
            return ObjectValue.EMPTY;
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            throw new TypedProblem("expected map, got " + value.typeName());
        }
        return object;
    }

    /** The value as an array; null and absent read as empty. */
    static ArrayValue arrayOf(@Nullable Value value) {
        if (value == null || value.isNull()) {
            return ArrayValue.EMPTY;
        }
        ArrayValue array = value.asArray();
        if (array == null) {
            throw new TypedProblem("expected list, got " + value.typeName());
        }
        return array;
    }

    /** Equality of values as ownership sees it: integers and decimals are equal by what they mean. */
    static boolean same(Value one, Value other) {
        if (one == other) {
            return true;
        }
        if (one instanceof NumberValue a && other instanceof NumberValue b) {
            return a.isInteger() && b.isInteger() ? a.longValue() == b.longValue() : a.doubleValue() == b.doubleValue();
        }
        if (one instanceof ObjectValue a && other instanceof ObjectValue b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                String name = a.keyAt(i);
                Value theirs = b.keyAt(i).equals(name) ? b.valueAt(i) : b.get(name);
                if (theirs == null || !same(a.valueAt(i), theirs)) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof ArrayValue a && other instanceof ArrayValue b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
