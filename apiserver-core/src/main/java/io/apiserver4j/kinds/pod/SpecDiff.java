// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** Shows what was changed in something that may not change, as Kubernetes does: the lines of both that differ. */
public final class SpecDiff {
    private SpecDiff() {}

    /** The difference of two objects of a type of Kubernetes ({@code core.PodSpec}). */
    public static String of(String type, ObjectValue before, ObjectValue after) {
        return UnifiedDiff.of(text(InternalForm.of(type, before)), text(InternalForm.of(type, after)));
    }

    private static String text(Value value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.toString();
    }

    private static void write(Value value, String newline, StringBuilder out) {
        String deeper = newline + " ";
        ObjectValue object = value.asObject();
        ArrayValue array = value.asArray();
        if (object != null && !object.isEmpty()) {
            out.append('{');
            for (int i = 0; i < object.size(); i++) {
                out.append(i == 0 ? "" : ",")
                        .append(deeper)
                        .append(Value.of(object.keyAt(i)))
                        .append(": ");
                write(object.valueAt(i), deeper, out);
            }
            out.append(newline).append('}');
        } else if (array != null && !array.isEmpty()) {
            out.append('[');
            for (int i = 0; i < array.size(); i++) {
                out.append(i == 0 ? "" : ",").append(deeper);
                write(array.get(i), deeper, out);
            }
            out.append(newline).append(']');
        } else {
            out.append(value);
        }
    }
}
