// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.patch.GoPrint;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an applied value fits its schema as far as ownership needs it; the texts are those of
 * structured-merge-diff. Not safe for use by several threads.
 */
final class TypedCheck {
    private final List<String> problems = new ArrayList<>(0);
    private final StringBuilder path = new StringBuilder();
    /** True below a schema that keeps unknown fields: what is described deeper down may have them too. */
    private boolean preserving;

    private TypedCheck() {}

    /** What is wrong, as one text, or null. */
    static @Nullable String problem(Value value, Schema schema) {
        TypedCheck check = new TypedCheck();
        check.value(value, Typing.seen(schema));
        if (check.problems.isEmpty()) {
            return null;
        }
        return check.problems.size() == 1 ? check.problems.get(0) : "errors:\n  " + String.join("\n  ", check.problems);
    }

    private void problem(String text) {
        problems.add(path.length() == 0 ? text : path + ": " + text);
    }

    private void value(Value value, Schema schema) {
        if (value.isNull()) {
            return;
        }
        if (Typing.isDeduced(schema)) {
            deduced(value, schema);
            return;
        }
        switch (schema.shape()) {
            case OBJECT, MAP -> {
                ObjectValue object = value.asObject();
                if (object == null) {
                    problem("expected map, got &{" + GoPrint.plain(value) + "}");
                } else {
                    members(object, schema);
                }
            }
            case LIST -> {
                ArrayValue array = value.asArray();
                if (array == null) {
                    problem("expected list, got &{" + GoPrint.plain(value) + "}");
                } else {
                    items(array, schema);
                }
            }
            default -> scalar(value, schema.shape());
        }
    }

    private void deduced(Value value, Schema schema) {
        ObjectValue object = value.asObject();
        if (object != null) {
            members(object, schema);
        }
    }

    private void scalar(Value value, Shape shape) {
        boolean container = value.asObject() != null || value.asArray() != null;
        switch (shape) {
            case STRING, BYTES, DURATION -> {
                if (value.asString() == null) {
                    problem("expected string, got &value.valueUnstructured{Value:" + GoPrint.syntax(value) + "}");
                }
            }
            case INT32, INT64, UINT8, FLOAT64 -> {
                if (value.asNumber() == null) {
                    problem("expected numeric (int or float), got " + GoPrint.type(value));
                }
            }
            case BOOLEAN -> {
                if (value.asBoolean() == null) {
                    problem("expected boolean, got &{" + GoPrint.plain(value) + "}");
                }
            }
            case ANY -> {}
            default -> {
                if (container) {
                    problem("expected any scalar, got &{" + GoPrint.plain(value) + "}");
                }
            }
        }
    }

    private void members(ObjectValue object, Schema schema) {
        int length = path.length();
        boolean outside = preserving;
        preserving |= schema.preservesUnknown();
        for (int i = 0; i < object.size(); i++) {
            String name = object.keyAt(i);
            Schema inner = preserving ? Typing.member(schema, name) : Typing.memberOrNull(schema, name);
            path.append('.').append(name);
            if (inner == null) {
                problem("field not declared in schema");
                path.setLength(length);
                break;
            }
            value(object.valueAt(i), inner);
            path.setLength(length);
        }
        preserving = outside;
    }

    private void items(ArrayValue array, Schema schema) {
        int length = path.length();
        Schema items = Typing.items(schema);
        Set<FieldStep> seen = schema.isAtomic() ? Set.of() : new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            FieldStep step;
            if (schema.isAtomic()) {
                step = FieldStep.index(i);
            } else {
                try {
                    step = Typing.step(schema, array.get(i));
                } catch (TypedProblem e) {
                    problem("element " + i + ": " + e.getMessage());
                    return;
                }
                if (!seen.add(step)) {
                    problem("duplicate entries for key " + step);
                }
            }
            path.append(step);
            value(array.get(i), items);
            path.setLength(length);
        }
    }
}
