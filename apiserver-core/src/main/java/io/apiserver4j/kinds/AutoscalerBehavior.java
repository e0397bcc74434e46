// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of a horizontal pod autoscaler: its defaults in version 2, and the form in which an annotation carries it in
 * version 1, which has the names of the types that Kubernetes keeps for itself.
 */
public final class AutoscalerBehavior {
    private static final long PERIOD_SECONDS = 15;
    private static final ObjectValue ALL = policy("Percent", 100);
    private static final ObjectValue UP = ObjectValue.builder()
            .put("stabilizationWindowSeconds", 0)
            .put("selectPolicy", "Max")
            .put("policies", ArrayValue.of(policy("Pods", 4), ALL))
            .build();
    private static final ObjectValue DOWN =
            ObjectValue.of("selectPolicy", Value.of("Max"), "policies", ArrayValue.of(ALL));

    private static final Map<String, UnaryOperator<Value>> POLICY = Map.of(
            "type", UnaryOperator.identity(),
            "value", UnaryOperator.identity(),
            "periodSeconds", UnaryOperator.identity());
    private static final Map<String, UnaryOperator<Value>> RULES = Map.of(
            "stabilizationWindowSeconds",
            UnaryOperator.identity(),
            "selectPolicy",
            UnaryOperator.identity(),
            "policies",
            AutoscalerBehavior::policies,
            "tolerance",
            UnaryOperator.identity());
    private static final Map<String, UnaryOperator<Value>> BEHAVIOR =
            Map.of("scaleUp", rules -> renamed(rules, RULES), "scaleDown", rules -> renamed(rules, RULES));

    private AutoscalerBehavior() {}

    private static ObjectValue policy(String type, long value) {
        return ObjectValue.builder()
                .put("type", type)
                .put("value", value)
                .put("periodSeconds", PERIOD_SECONDS)
                .build();
    }

    /** The behaviour with all that it does not say; the same object where it says everything. */
    public static ObjectValue filled(ObjectValue behavior) {
        return filled(behavior, true);
    }

    /** The behaviour as a reader of the store would fill it, but for rules without policies, which are to be refused. */
    static ObjectValue filledAfterCheck(ObjectValue behavior) {
        return filled(behavior, false);
    }

    private static ObjectValue filled(ObjectValue behavior, boolean policies) {
        ObjectValue up = behavior.getObject("scaleUp");
        ObjectValue down = behavior.getObject("scaleDown");
        ObjectValue newUp = filled(up, UP, policies);
        ObjectValue newDown = filled(down, DOWN, policies);
        return newUp == up && newDown == down ? behavior : ObjectValue.of("scaleUp", newUp, "scaleDown", newDown);
    }

    private static ObjectValue filled(@Nullable ObjectValue rules, ObjectValue defaults, boolean policies) {
        if (rules == null) {
            return defaults;
        }
        ObjectValue out = rules;
        if (policies || rules.has("policies")) {
            for (ObjectValue.Member one : defaults) {
                out = out.has(one.key()) ? out : out.with(one.key(), one.value());
            }
        }
        return out;
    }

    /** Behaviour of version 2 under the names that the annotation has. */
    static ObjectValue toAnnotation(ObjectValue behavior) {
        return ObjectValue.of(
                "ScaleUp", rulesToAnnotation(behavior.getObject("scaleUp")),
                "ScaleDown", rulesToAnnotation(behavior.getObject("scaleDown")));
    }

    private static Value rulesToAnnotation(@Nullable ObjectValue rules) {
        if (rules == null) {
            return Value.nul();
        }
        ArrayValue policies = rules.getArray("policies");
        return ObjectValue.builder()
                .put("StabilizationWindowSeconds", orNull(rules.get("stabilizationWindowSeconds")))
                .put("SelectPolicy", orNull(rules.get("selectPolicy")))
                .put("Policies", orNull(policies == null ? null : policies.map(AutoscalerBehavior::policyToAnnotation)))
                .put("Tolerance", orNull(rules.get("tolerance")))
                .build();
    }

    private static Value policyToAnnotation(Value policy) {
        ObjectValue given = policy.asObject();
        return given == null
                ? policy
                : ObjectValue.builder()
                        .put("Type", orNull(given.get("type")))
                        .put("Value", orNull(given.get("value")))
                        .put("PeriodSeconds", orNull(given.get("periodSeconds")))
                        .build();
    }

    private static Value orNull(@Nullable Value value) {
        return value == null ? Value.nul() : value;
    }

    /** What the annotation has under the names of version 2; what does not fit is left as it is, for its reader to find. */
    static Value fromAnnotation(Value behavior) {
        return renamed(behavior, BEHAVIOR);
    }

    private static Value policies(Value policies) {
        ArrayValue list = policies.asArray();
        return list == null ? policies : list.map(policy -> renamed(policy, POLICY));
    }

    private static Value renamed(Value value, Map<String, UnaryOperator<Value>> members) {
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        ObjectEditor out = ObjectValue.builder();
        members.forEach((name, change) -> {
            Value given = AutoscalerV1.member(object, name);
            out.putIfPresent(name, given == null ? null : change.apply(given));
        });
        return out.build();
    }
}
