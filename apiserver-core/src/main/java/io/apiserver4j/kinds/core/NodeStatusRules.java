// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of a node's status. */
final class NodeStatusRules {
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final int LONGEST_FEATURE = 253;

    private NodeStatusRules() {}

    /** What the node has, and what of it pods may have. */
    static void amounts(ObjectValue node, FieldErrors errors) {
        for (String member : List.of("capacity", "allocatable")) {
            for (ObjectValue.Member amount : node.objectOrEmpty("status").objectOrEmpty(member)) {
                String text = amount.value().asString();
                if (text != null) {
                    ValuePath path = STATUS.fields(member, amount.key());
                    ResourceRules.amount(amount.key(), Quantity.parse(text), path, errors);
                }
            }
        }
    }

    /** How much it can swap. */
    static void swap(ObjectValue node, FieldErrors errors) {
        Long capacity =
                node.objectAt("status", "nodeInfo").objectOrEmpty("swap").getLong("capacity");
        if (capacity != null && capacity <= 0) {
            errors.invalid(
                    ValuePath.of("metadata", "nodeSwapStatus", "capacity"), capacity, "must be greater than zero");
        }
    }

    /** The features that it declares: names in alphabetical order, each once. */
    static void features(ObjectValue node, FieldErrors errors) {
        ValuePath path = STATUS.field("declaredFeatures");
        List<String> features =
                node.objectOrEmpty("status").arrayOrEmpty("declaredFeatures").strings();
        for (int i = 0; i < features.size(); i++) {
            String feature = features.get(i);
            String problem = problem(feature);
            if (!problem.isEmpty()) {
                errors.invalid(
                        path.index(i), feature, "invalid feature name " + GoText.quote(feature) + ": " + problem);
            }
            if (i + 1 < features.size()) {
                int order = feature.compareTo(features.get(i + 1));
                if (order == 0) {
                    errors.duplicate(path.index(i + 1), feature);
                } else if (order > 0) {
                    errors.invalid(path.index(i + 1), features.get(i + 1), "list must be sorted alphabetically");
                }
            }
        }
    }

    private static String problem(String feature) {
        if (GoText.byteLength(feature) > LONGEST_FEATURE) {
            return "must be no more than " + LONGEST_FEATURE + " characters";
        }
        String[] parts = feature.split("/", -1);
        boolean fine = !parts[0].isEmpty() && parts[0].charAt(0) >= 'A' && parts[0].charAt(0) <= 'Z';
        for (String part : parts) {
            fine &= isName(part);
        }
        return fine
                ? ""
                : "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g.,"
                        + " MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";
    }

    private static boolean isName(String part) {
        if (part.isEmpty() || Character.isDigit(part.charAt(0))) {
            return false;
        }
        return part.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
    }

    /** Where it can be reached: each address once. */
    static void addresses(ObjectValue node, FieldErrors errors) {
        List<ObjectValue> addresses =
                node.objectOrEmpty("status").arrayOrEmpty("addresses").objects();
        Set<ObjectValue> seen = new HashSet<>();
        for (int i = 0; i < addresses.size(); i++) {
            if (!seen.add(addresses.get(i))) {
                errors.duplicateShown(
                        STATUS.field("addresses").index(i),
                        InternalForm.shown("core.NodeAddress", addresses.get(i)),
                        "");
            }
        }
    }
}
