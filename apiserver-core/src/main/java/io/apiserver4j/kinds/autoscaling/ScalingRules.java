// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.autoscaling;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** How fast an autoscaler goes up and down. */
final class ScalingRules {
    private static final int LONGEST_PERIOD = 1800;
    private static final int LONGEST_WINDOW = 3600;
    private static final List<String> CHOICES = List.of("Disabled", "Max", "Min");
    private static final List<String> POLICIES = List.of("Percent", "Pods");

    private ScalingRules() {}

    static void check(ObjectValue behavior, ValuePath path, FieldErrors errors) {
        for (String direction : List.of("scaleUp", "scaleDown")) {
            ObjectValue rules = behavior.getObject(direction);
            if (rules != null) {
                rules(rules, path.field(direction), errors);
            }
        }
    }

    private static void rules(ObjectValue rules, ValuePath path, FieldErrors errors) {
        Long window = rules.getLong("stabilizationWindowSeconds");
        if (window != null && window < 0) {
            errors.invalid(path.field("stabilizationWindowSeconds"), window, "must be greater than or equal to zero");
        }
        if (window != null && window > LONGEST_WINDOW) {
            errors.invalid(
                    path.field("stabilizationWindowSeconds"),
                    window,
                    "must be less than or equal to " + LONGEST_WINDOW);
        }
        String choice = rules.getString("selectPolicy");
        if (choice != null && !CHOICES.contains(choice)) {
            errors.notSupportedShown(path.field("selectPolicy"), FieldErrors.json(choice), CHOICES);
        }
        ArrayValue policies = rules.arrayOrEmpty("policies");
        if (policies.isEmpty()) {
            errors.required(path.field("policies"), "must specify at least one Policy");
        }
        for (int i = 0; i < policies.size(); i++) {
            policy(policies.objectAt(i), path.field("policies").index(i), errors);
        }
        String tolerance = rules.getString("tolerance");
        if (tolerance != null && Quantity.parse(tolerance).sign() < 0) {
            errors.invalid(path.field("tolerance"), tolerance, "must be greater than or equal to 0");
        }
    }

    private static void policy(ObjectValue policy, ValuePath path, FieldErrors errors) {
        String type = policy.stringOrEmpty("type");
        if (!POLICIES.contains(type)) {
            errors.notSupportedShown(path.field("type"), FieldErrors.json(type), POLICIES);
        }
        for (String name : List.of("value", "periodSeconds")) {
            long number = policy.longOr(name, 0);
            if (number <= 0) {
                errors.invalid(path.field(name), number, "must be greater than zero");
            }
        }
        long period = policy.longOr("periodSeconds", 0);
        if (period > LONGEST_PERIOD) {
            errors.invalid(path.field("periodSeconds"), period, "must be less than or equal to " + LONGEST_PERIOD);
        }
    }
}
