// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Taints of devices, what tolerates them, and conditions that devices are bound by. */
final class DeviceTaints {
    private static final int MAX_CONDITIONS = 4;

    private DeviceTaints() {}

    /** Key and value; the effect is checked by declaration. */
    static void taint(ObjectValue taint, ValuePath path, FieldErrors errors) {
        String key = taint.stringOrEmpty("key");
        errors.invalidAll(path.field("key"), key, NameRules.qualifiedName(key));
        String value = taint.stringOrEmpty("value");
        errors.invalidAll(path.field("value"), value, NameRules.labelValue(value));
    }

    /** Only what goes with the operator; the rest is checked by declaration. */
    static void tolerations(ObjectValue holder, ValuePath path, FieldErrors errors) {
        List<ObjectValue> tolerations = holder.arrayOrEmpty("tolerations").objects();
        for (int i = 0; i < tolerations.size(); i++) {
            ObjectValue toleration = tolerations.get(i);
            String value = toleration.stringOrEmpty("value");
            ValuePath at = path.field("tolerations").index(i).field("value");
            switch (toleration.stringOrEmpty("operator")) {
                case "Exists" -> {
                    if (!value.isEmpty()) {
                        errors.invalid(at, value, "must be empty for operator `Exists`");
                    }
                }
                case "Equal" -> errors.invalidAll(at, value, NameRules.labelValue(value));
                default -> {}
            }
        }
    }

    /** Conditions of binding and of its failure: both or none, and none in both. */
    static void bindingConditions(ObjectValue holder, ValuePath path, FieldErrors errors) {
        List<String> binding = holder.arrayOrEmpty("bindingConditions").strings();
        List<String> failure = holder.arrayOrEmpty("bindingFailureConditions").strings();
        ValuePath bindingPath = path.field("bindingConditions");
        ValuePath failurePath = path.field("bindingFailureConditions");
        if (binding.size() <= MAX_CONDITIONS) {
            DeviceNames.labelNames(binding, bindingPath, errors);
        }
        if (failure.size() <= MAX_CONDITIONS) {
            DeviceNames.labelNames(failure, failurePath, errors);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < binding.size(); i++) {
            if (!seen.add(binding.get(i))) {
                errors.duplicate(bindingPath.index(i), binding.get(i));
            }
        }
        seen.clear();
        for (int i = 0; i < failure.size(); i++) {
            if (!seen.add(failure.get(i))) {
                errors.duplicate(failurePath.index(i), failure.get(i));
            }
            if (binding.contains(failure.get(i))) {
                errors.invalid(
                        failurePath.index(i),
                        failure.get(i),
                        "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (binding.isEmpty() && !failure.isEmpty()) {
            errors.invalidShown(bindingPath, "null", "bindingConditions are required to use bindingFailureConditions");
        }
        if (failure.isEmpty() && !binding.isEmpty()) {
            errors.invalidShown(failurePath, "null", "bindingFailureConditions are required to use bindingConditions");
        }
    }
}
