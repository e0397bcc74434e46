// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.scheduling;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Priority classes. */
public final class PriorityClassRules implements KindRules {
    /** The highest priority that users may define. */
    private static final long HIGHEST = 1_000_000_000;

    private static final String SYSTEM_PREFIX = "system-";
    private static final Map<String, Long> SYSTEM =
            Map.of("system-node-critical", 2 * HIGHEST + 1000, "system-cluster-critical", 2 * HIGHEST);
    private static final List<String> PREEMPTION = List.of("PreemptLowerPriority", "Never");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        String name = ObjectMeta.of(object).name();
        if (name.startsWith(SYSTEM_PREFIX)) {
            String problem = systemProblem(name, object);
            if (problem != null) {
                errors.forbidden(
                        ValuePath.of("metadata", "name"),
                        "priority class names with 'system-' prefix are reserved for system use only. error: "
                                + problem);
            }
        } else if (object.longOr("value", 0) > HIGHEST) {
            errors.forbidden(ValuePath.of("value"), "maximum allowed value of a user defined priority is " + HIGHEST);
        }
        String preemption = object.getString("preemptionPolicy");
        if (preemption == null) {
            return;
        }
        if (preemption.isEmpty()) {
            errors.required(ValuePath.of("preemptionPolicy"), "");
        } else if (!PREEMPTION.contains(preemption)) {
            errors.notSupportedShown(ValuePath.of("preemptionPolicy"), FieldErrors.json(preemption), PREEMPTION);
        }
    }

    /** Why a class with a reserved name is none of the system's own, or null. */
    private static @Nullable String systemProblem(String name, ObjectValue object) {
        Long value = SYSTEM.get(name);
        if (value == null) {
            return name + " is not a known system priority class";
        }
        if (value != object.longOr("value", 0)) {
            return "value of " + name + " PriorityClass must be " + value;
        }
        return object.isTrue("globalDefault") ? "globalDefault of " + name + " PriorityClass must be false" : null;
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (updated.longOr("value", 0) != current.longOr("value", 0)) {
            errors.forbidden(ValuePath.of("value"), "may not be changed in an update.");
        }
        FieldChecks.immutable(
                updated.get("preemptionPolicy"),
                current.get("preemptionPolicy"),
                ValuePath.of("preemptionPolicy"),
                errors);
    }

    /** The system's own classes stay. */
    @Override
    public void checkDelete(ObjectValue object, StrategyContext context) {
        String name = ObjectMeta.of(object).name();
        if (SYSTEM.containsKey(name)) {
            throw Status.forbidden(
                            context.definition().group(),
                            context.definition().plural(),
                            name,
                            "this is a system priority class and cannot be deleted")
                    .asException();
        }
    }
}
