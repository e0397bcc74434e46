// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a job does about pods that fail in certain ways. */
record PodFailurePolicyRules(ObjectValue spec) {
    private static final int MAX_RULES = 20;
    private static final int MAX_EXIT_CODES = 255;
    private static final int MAX_PATTERNS = 20;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    void check(ObjectValue policy, ValuePath path, FieldErrors errors) {
        ArrayValue rules = policy.arrayOrEmpty("rules");
        ValuePath at = path.field("rules");
        if (rules.size() > MAX_RULES) {
            errors.tooMany(at, rules.size(), MAX_RULES);
        }
        Set<String> containers = containerNames();
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.objectAt(i), containers, at.index(i), errors);
        }
    }

    private Set<String> containerNames() {
        Set<String> names = new HashSet<>();
        ObjectValue pod = spec.objectAt("template", "spec");
        for (String list : List.of("containers", "initContainers")) {
            pod.arrayOrEmpty(list).objects().forEach(one -> names.add(one.stringOrEmpty("name")));
        }
        return names;
    }

    private void rule(ObjectValue rule, Set<String> containers, ValuePath path, FieldErrors errors) {
        String action = rule.stringOrEmpty("action");
        if (action.equals("FailIndex")) {
            if (spec.getLong("backoffLimitPerIndex") == null) {
                errors.invalidShown(
                        path.field("action"), FieldErrors.json(action), "requires the backoffLimitPerIndex to be set");
            }
        } else {
            choice(action, ACTIONS, path.field("action"), errors);
        }
        ObjectValue codes = rule.getObject("onExitCodes");
        ArrayValue patterns = rule.arrayOrEmpty("onPodConditions");
        if (codes != null) {
            exitCodes(codes, containers, path.field("onExitCodes"), errors);
        }
        if (!patterns.isEmpty()) {
            patterns(patterns, path.field("onPodConditions"), errors);
        }
        if (codes != null && !patterns.isEmpty()) {
            errors.invalidOmitted(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (codes == null && patterns.isEmpty()) {
            errors.invalidOmitted(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    /** A text of a closed set that must be there. */
    private static void choice(String chosen, List<String> supported, ValuePath path, FieldErrors errors) {
        if (chosen.isEmpty()) {
            errors.required(path, "valid values: [\"" + String.join("\" \"", supported) + "\"]");
        } else if (!supported.contains(chosen)) {
            errors.notSupportedShown(path, FieldErrors.json(chosen), supported);
        }
    }

    private static void patterns(ArrayValue patterns, ValuePath path, FieldErrors errors) {
        if (patterns.size() > MAX_PATTERNS) {
            errors.tooMany(path, patterns.size(), MAX_PATTERNS);
        }
        for (int i = 0; i < patterns.size(); i++) {
            ObjectValue pattern = patterns.objectAt(i);
            String type = pattern.stringOrEmpty("type");
            errors.invalidAll(path.index(i).field("type"), type, NameRules.qualifiedName(type));
            choice(pattern.stringOrEmpty("status"), STATUSES, path.index(i).field("status"), errors);
        }
    }

    private static void exitCodes(ObjectValue codes, Set<String> containers, ValuePath path, FieldErrors errors) {
        String operator = codes.stringOrEmpty("operator");
        choice(operator, OPERATORS, path.field("operator"), errors);
        String container = codes.getString("containerName");
        if (container != null && !containers.contains(container)) {
            errors.invalid(
                    path.field("containerName"),
                    container,
                    "must be one of the container or initContainer names in the pod template");
        }
        ArrayValue values = codes.arrayOrEmpty("values");
        ValuePath at = path.field("values");
        if (values.isEmpty()) {
            errors.invalidShown(at, FieldErrors.shown(codes.get("values")), "at least one value is required");
        } else if (values.size() > MAX_EXIT_CODES) {
            errors.tooMany(at, values.size(), MAX_EXIT_CODES);
        }
        values(values, operator, at, errors);
    }

    private static void values(ArrayValue values, String operator, ValuePath path, FieldErrors errors) {
        boolean ordered = true;
        long before = Long.MIN_VALUE;
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            long code = number(values.get(i));
            if (code == 0 && operator.equals("In")) {
                errors.invalid(path.index(i), code, "must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                errors.duplicate(path.index(i), Value.of(code));
            }
            ordered &= before <= code;
            before = code;
        }
        if (!ordered) {
            errors.invalid(path, values, "must be ordered");
        }
    }

    private static long number(@Nullable Value value) {
        NumberValue number = value == null ? null : value.asNumber();
        return number == null ? 0 : number.longValue();
    }
}
