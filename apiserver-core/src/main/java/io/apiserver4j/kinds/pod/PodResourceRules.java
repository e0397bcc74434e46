// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of what a pod asks for as a whole: no less than its containers do. */
final class PodResourceRules {
    private PodResourceRules() {}

    /** The resources of a pod. */
    static void check(Part spec, Set<String> claims, Leniency leniency) {
        if (!spec.has("resources")) {
            return;
        }
        if (spec.tree().objectOrEmpty("os").stringOrEmpty("name").equals("windows")) {
            spec.forbid("resources", "may not be set for a windows pod");
            return;
        }
        Part resources = spec.part("resources");
        if (resources.has("claims")) {
            resources.forbid("claims", "claims may not be set for Resources at pod-level");
        }
        ResourceRules.ofPod(resources, claims, leniency);
        covers(resources, spec.tree(), "requests", false);
        covers(resources, spec.tree(), "limits", true);
        ObjectValue limits = resources.tree().objectOrEmpty("limits");
        int index = 0;
        for (Part container : spec.parts("containers")) {
            for (ObjectValue.Member limit : container.tree().objectAt("resources", "limits")) {
                String most = limits.getString(limit.key());
                Quantity amount = ResourceRules.quantity(limit);
                if (most != null && amount.compareTo(Quantity.parse(most)) > 0) {
                    resources
                            .errors()
                            .invalid(
                                    resources
                                            .at("containers")
                                            .index(index)
                                            .key(limit.key())
                                            .field("limits"),
                                    amount.toString(),
                                    "must be less than or equal to pod limits of " + Quantity.parse(most));
                }
            }
            index++;
        }
    }

    private static void covers(Part resources, ObjectValue spec, String side, boolean hugePagesOnly) {
        ObjectValue ofPod = resources.tree().objectOrEmpty(side);
        for (Map.Entry<String, Quantity> all : total(spec, side).entrySet()) {
            String name = all.getKey();
            String own = ofPod.getString(name);
            if (own == null || hugePagesOnly && !ResourceRules.isHugePages(name)) {
                continue;
            }
            Quantity amount = Quantity.parse(own);
            if (all.getValue().compareTo(amount) > 0) {
                resources
                        .errors()
                        .invalid(
                                resources.at(side).key(name),
                                amount.toString(),
                                "must be greater than or equal to aggregate container " + side + " of "
                                        + all.getValue());
            }
        }
    }

    /** What containers take together at the most: those of the pod with all sidecars, or one that runs before them. */
    static Map<String, Quantity> total(ObjectValue spec, String side) {
        Map<String, Quantity> sum = new TreeMap<>();
        for (ObjectValue container : spec.arrayOrEmpty("containers").objects()) {
            add(sum, container.objectAt("resources", side));
        }
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> most = new TreeMap<>();
        for (ObjectValue container : spec.arrayOrEmpty("initContainers").objects()) {
            ObjectValue own = container.objectAt("resources", side);
            Map<String, Quantity> now = new TreeMap<>(sidecars);
            add(now, own);
            if (container.stringOrEmpty("restartPolicy").equals("Always")) {
                add(sum, own);
                sidecars = now;
            }
            now.forEach((name, amount) -> most.merge(name, amount, PodResourceRules::larger));
        }
        most.forEach((name, amount) -> sum.merge(name, amount, PodResourceRules::larger));
        return sum;
    }

    private static Quantity larger(Quantity known, Quantity other) {
        return other.compareTo(known) > 0 ? other : known;
    }

    private static void add(Map<String, Quantity> sum, ObjectValue more) {
        for (ObjectValue.Member one : more) {
            sum.merge(one.key(), ResourceRules.quantity(one), Quantity::plus);
        }
    }
}
