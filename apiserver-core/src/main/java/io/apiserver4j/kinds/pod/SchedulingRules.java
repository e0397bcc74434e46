// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of tolerations, gates and the spread over nodes. */
public final class SchedulingRules {
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");
    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");

    private SchedulingRules() {}

    /** Tolerations of a pod, or of those that a runtime class adds. */
    public static void tolerations(ArrayValue tolerations, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(new Part(tolerations.objectAt(i), path.index(i), errors));
        }
    }

    private static void toleration(Part toleration) {
        String key = toleration.text("key");
        String operator = toleration.text("operator");
        String value = toleration.text("value");
        String effect = toleration.text("effect");
        if (!key.isEmpty()) {
            toleration.told("key", NameRules.qualifiedName(key));
        } else if (!operator.equals("Exists")) {
            toleration.invalidText(
                    "operator",
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
            toleration.invalidText("effect", "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator) {
            case "", "Equal" -> {
                List<String> problems = NameRules.labelValue(value);
                if (!problems.isEmpty()) {
                    toleration.errors().invalid(toleration.at("operator"), value, String.join(";", problems));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    toleration
                            .errors()
                            .invalid(
                                    toleration.at("operator"),
                                    value,
                                    "value must be empty when `operator` is 'Exists'");
                }
            }
            case "Lt", "Gt" -> toleration.notSupported("operator", List.of("Equal", "Exists", "Lt", "Gt"));
            default -> toleration.notSupported("operator", List.of("Equal", "Exists"));
        }
        if (!effect.isEmpty()) {
            toleration.choice("effect", EFFECTS);
        }
    }

    /** Gates that keep a pod from being placed. */
    static void gates(Part spec) {
        Set<String> seen = new HashSet<>();
        for (Part gate : spec.parts("schedulingGates")) {
            String name = gate.text("name");
            gate.errors().invalidAll(gate.path(), name, NameRules.qualifiedName(name));
            if (!seen.add(name)) {
                gate.errors().duplicate(gate.path(), name);
            }
        }
    }

    /** Conditions that a pod must meet to be ready. */
    static void readinessGates(Part spec) {
        for (Part gate : spec.parts("readinessGates")) {
            gate.told("conditionType", NameRules.qualifiedName(gate.text("conditionType")));
        }
    }

    /** The spread of pods over parts of the cluster. */
    static void spread(Part spec, Leniency leniency) {
        List<Part> constraints = spec.parts("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            Part constraint = constraints.get(i);
            positive(constraint, "maxSkew");
            if (constraint.text("topologyKey").isEmpty()) {
                constraint.errors().required(constraint.at("topologyKey"), "can not be empty");
            }
            if (!ACTIONS.contains(constraint.text("whenUnsatisfiable"))) {
                constraint.notSupported("whenUnsatisfiable", ACTIONS);
            }
            notRepeated(constraint, constraints.subList(i + 1, constraints.size()));
            if (constraint.has("minDomains")) {
                minDomains(constraint);
            }
            constraint.choice("nodeAffinityPolicy", POLICIES);
            constraint.choice("nodeTaintsPolicy", POLICIES);
            if (leniency.spreadKeys()) {
                olderLabelKeys(constraint);
            } else {
                AffinityRules.labelKeys(constraint);
            }
            if (!leniency.spreadSelectors()) {
                EmbeddedRules.labelSelector(
                        constraint.tree().objectOrEmpty("labelSelector"),
                        EmbeddedRules.Leniency.NONE,
                        constraint.at("labelSelector"),
                        constraint.errors());
            }
        }
    }

    private static void positive(Part holder, String field) {
        long number = holder.tree().longOr(field, 0);
        if (number <= 0) {
            holder.errors().invalid(holder.at(field), number, "must be greater than zero");
        }
    }

    private static void minDomains(Part constraint) {
        positive(constraint, "minDomains");
        String action = constraint.text("whenUnsatisfiable");
        if (!action.equals("DoNotSchedule")) {
            constraint.invalid(
                    "minDomains", "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
        }
    }

    private static void notRepeated(Part constraint, List<Part> further) {
        String key = constraint.text("topologyKey");
        String action = constraint.text("whenUnsatisfiable");
        for (Part other : further) {
            if (other.text("topologyKey").equals(key)
                    && other.text("whenUnsatisfiable").equals(action)) {
                constraint
                        .errors()
                        .duplicate(constraint.at("{topologyKey, whenUnsatisfiable}"), "{" + key + ", " + action + "}");
                return;
            }
        }
    }

    /** The rule of pods that were made before the keys were merged into the selector. */
    private static void olderLabelKeys(Part constraint) {
        List<String> keys = constraint.texts("matchLabelKeys");
        if (keys.isEmpty()) {
            return;
        }
        ObjectValue selector = constraint.tree().objectOrEmpty("labelSelector");
        if (!constraint.has("labelSelector")) {
            constraint.forbid("matchLabelKeys", "must not be specified when labelSelector is not set");
        }
        Set<String> selected =
                new HashSet<>(selector.objectOrEmpty("matchLabels").strings().keySet());
        selector.arrayOrEmpty("matchExpressions")
                .objects()
                .forEach(expression -> selected.add(expression.stringOrEmpty("key")));
        for (int i = 0; i < keys.size(); i++) {
            ValuePath path = constraint.at("matchLabelKeys").index(i);
            constraint.errors().invalidAll(path, keys.get(i), NameRules.qualifiedName(keys.get(i)));
            if (selected.contains(keys.get(i))) {
                constraint.errors().invalid(path, keys.get(i), "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
