// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.flowcontrol;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.Set;

/** The conditions of both kinds: each has a type, and none has it twice. */
final class FlowConditions {
    private FlowConditions() {}

    static void check(ObjectValue object, FieldErrors errors) {
        ArrayValue conditions = object.objectOrEmpty("status").arrayOrEmpty("conditions");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String type = conditions.objectAt(i).stringOrEmpty("type");
            ValuePath path = ValuePath.of("status", "conditions").index(i).field("type");
            if (!seen.add(type)) {
                errors.duplicate(path, type);
            }
            if (type.isEmpty()) {
                errors.required(path, "");
            }
        }
    }
}
