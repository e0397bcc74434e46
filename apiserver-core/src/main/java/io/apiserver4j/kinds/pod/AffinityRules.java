// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of where pods may run: selectors of nodes, and the neighbourhood of other pods. */
public final class AffinityRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityRules() {}

    /** The affinity of a pod. */
    static void affinity(Part affinity, Leniency leniency) {
        if (affinity.has("nodeAffinity")) {
            Part nodes = affinity.part("nodeAffinity");
            if (nodes.has(REQUIRED)) {
                nodeSelector(nodes.part(REQUIRED), leniency.nodeValues());
            }
            for (Part preferred : nodes.parts(PREFERRED)) {
                weight(preferred);
                term(preferred.part("preference"), true);
            }
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Part pods = affinity.part(kind);
            for (Part required : pods.parts(REQUIRED)) {
                podTerm(required, leniency.affinityValues());
            }
            for (Part preferred : pods.parts(PREFERRED)) {
                weight(preferred);
                podTerm(preferred.part("podAffinityTerm"), leniency.affinityValues());
            }
        }
    }

    private static void weight(Part preferred) {
        long weight = preferred.tree().longOr("weight", 0);
        if (weight <= 0 || weight > 100) {
            preferred.errors().invalid(preferred.at("weight"), weight, "must be in the range 1-100");
        }
    }

    /** A selector of nodes (NodeSelector), which volumes and device classes have, too. */
    public static void nodeSelector(
            ObjectValue selector, boolean allowInvalidValues, ValuePath path, FieldErrors errors) {
        nodeSelector(new Part(selector, path, errors), allowInvalidValues);
    }

    private static void nodeSelector(Part selector, boolean allowInvalidValues) {
        List<Part> terms = selector.parts("nodeSelectorTerms");
        if (terms.isEmpty()) {
            selector.errors().required(selector.at("nodeSelectorTerms"), "must have at least one node selector term");
        }
        terms.forEach(term -> term(term, allowInvalidValues));
    }

    private static void term(Part term, boolean allowInvalidValues) {
        term.parts("matchExpressions").forEach(one -> expression(one, allowInvalidValues));
        term.parts("matchFields").forEach(AffinityRules::field);
    }

    private static void expression(Part expression, boolean allowInvalidValues) {
        List<String> values = expression.texts("values");
        switch (expression.text("operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    expression
                            .errors()
                            .required(expression.at("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    expression.forbid("values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1) {
                    expression
                            .errors()
                            .required(
                                    expression.at("values"),
                                    "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> expression.invalidText("operator", "not a valid selector operator");
        }
        expression.told("key", NameRules.qualifiedName(expression.text("key")));
        if (!allowInvalidValues) {
            valuesTold(expression, values, NameRules::labelValue);
        }
    }

    private interface Rule {
        List<String> problems(String value);
    }

    private static void valuesTold(Part requirement, List<String> values, Rule rule) {
        for (int i = 0; i < values.size(); i++) {
            requirement
                    .errors()
                    .invalidAll(requirement.at("values").index(i), values.get(i), rule.problems(values.get(i)));
        }
    }

    private static void field(Part requirement) {
        List<String> values = requirement.texts("values");
        String operator = requirement.text("operator");
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            requirement.invalidText("operator", "not a valid selector operator");
        } else if (values.size() != 1) {
            requirement
                    .errors()
                    .required(
                            requirement.at("values"),
                            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        if (requirement.text("key").equals("metadata.name")) {
            valuesTold(requirement, values, NameRules::dns1123Subdomain);
        } else {
            requirement.invalidText("key", "not a valid field selector key");
        }
    }

    private static void podTerm(Part term, boolean allowInvalidValues) {
        EmbeddedRules.Leniency leniency =
                allowInvalidValues ? EmbeddedRules.Leniency.INVALID_VALUES : EmbeddedRules.Leniency.NONE;
        for (String field : List.of("labelSelector", "namespaceSelector")) {
            EmbeddedRules.labelSelector(term.tree().objectOrEmpty(field), leniency, term.at(field), term.errors());
        }
        for (String namespace : term.texts("namespaces")) {
            term.errors().invalidAll(term.at("namespace"), namespace, NameRules.dns1123Label(namespace));
        }
        labelKeys(term);
        String topology = term.text("topologyKey");
        if (topology.isEmpty()) {
            term.errors().required(term.at("topologyKey"), "can not be empty");
        }
        term.told("topologyKey", NameRules.qualifiedName(topology));
    }

    /** The keys whose values a term takes from the pod itself: matchLabelKeys and mismatchLabelKeys. */
    static void labelKeys(Part term) {
        boolean selects = term.has("labelSelector");
        List<String> matching = term.texts("matchLabelKeys");
        Set<String> mismatching = new HashSet<>(term.texts("mismatchLabelKeys"));
        for (String field : List.of("matchLabelKeys", "mismatchLabelKeys")) {
            List<String> keys = term.texts(field);
            if (!keys.isEmpty() && !selects) {
                term.forbid(field, "must not be specified when labelSelector is not set");
                continue;
            }
            for (int i = 0; i < keys.size(); i++) {
                term.errors().invalidAll(term.at(field).index(i), keys.get(i), NameRules.qualifiedName(keys.get(i)));
            }
        }
        if (selects) {
            selectedTwice(term, matching);
        }
        for (int i = 0; i < matching.size(); i++) {
            if (mismatching.contains(matching.get(i))) {
                term.errors()
                        .invalid(
                                term.at("matchLabelKeys").index(i),
                                matching.get(i),
                                "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    /**
     * A key of matchLabelKeys was merged into the selector when the pod was made; twice means that it was there before.
     */
    private static void selectedTwice(Part term, List<String> matching) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < matching.size(); i++) {
            positions.put(matching.get(i), i);
        }
        ObjectValue selector = term.tree().objectOrEmpty("labelSelector");
        Set<String> selected =
                new HashSet<>(selector.objectOrEmpty("matchLabels").strings().keySet());
        for (ObjectValue expression : selector.arrayOrEmpty("matchExpressions").objects()) {
            String key = expression.stringOrEmpty("key");
            Integer position = positions.get(key);
            if (!selected.add(key) && position != null) {
                term.errors()
                        .invalid(term.path().index(position), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
