// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.ScalePaths;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers and the selector that a scale shows, with the texts of apiextensions. */
record ScaleRules(@Nullable ScalePaths paths, FieldErrors errors) {
    private static final String NEGATIVE = "should be a non-negative integer";
    private static final String TOO_LARGE = "should be less than or equal to 2147483647";

    /** Checks the wanted number. */
    void spec(ObjectValue object) {
        if (paths != null) {
            count(paths.replicas(), object);
        }
    }

    /** Checks the observed number and the selector. */
    void status(ObjectValue object) {
        if (paths == null) {
            return;
        }
        count(paths.statusReplicas(), object);
        Value selector = paths.selector().isEmpty() ? null : find(paths.selector(), object);
        if (selector != null && selector.asString() == null) {
            String path = ScalePaths.text(paths.selector());
            errors.invalid(ValuePath.of(path), "", accessor(path, selector, "string"));
        }
    }

    private void count(List<String> path, ObjectValue object) {
        Value value = find(path, object);
        String text = ScalePaths.text(path);
        NumberValue number = value == null ? null : value.asNumber();
        if (value != null && (number == null || !number.isInteger())) {
            errors.invalid(ValuePath.of(text), 0, accessor(text, value, "int64"));
        } else if (number != null && number.longValue() < 0) {
            errors.invalid(ValuePath.of(text), number.longValue(), NEGATIVE);
        } else if (number != null && number.longValue() > Integer.MAX_VALUE) {
            errors.invalid(ValuePath.of(text), number.longValue(), TOO_LARGE);
        }
    }

    private static @Nullable Value find(List<String> path, ObjectValue object) {
        return object.at(path.toArray(new String[0]));
    }

    private static String accessor(String path, Value value, String wanted) {
        String text = value.asString();
        NumberValue number = value.asNumber();
        String shown = value.isNull() ? "<nil>" : text != null ? text : value.toString();
        String type = value.isNull()
                ? "<nil>"
                : text != null
                        ? "string"
                        : number != null
                                ? number.isInteger() ? "int64" : "float64"
                                : value.asBoolean() != null
                                        ? "bool"
                                        : value.asArray() != null ? "[]interface {}" : "map[string]interface {}";
        return path + " accessor error: " + shown + " is of the type " + type + ", expected " + wanted;
    }
}
