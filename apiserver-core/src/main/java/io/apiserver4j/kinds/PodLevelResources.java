// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Requests and limits of a whole pod, where it says some: what it leaves open follows from its containers (Kubernetes'
 * DefaultPodLevelResources). They are filled when the pod is created, after admission may have added containers.
 */
public final class PodLevelResources {
    private static final String HUGE_PAGES = "hugepages-";

    private PodLevelResources() {}

    /** A new pod with what its resources leave open; the same one where it says nothing of them. */
    public static ObjectValue filled(ObjectValue pod) {
        ObjectValue resources = pod.objectAt("spec", "resources");
        Map<String, Quantity> limits = amounts(resources.objectOrEmpty("limits"));
        Map<String, Quantity> requests = amounts(resources.objectOrEmpty("requests"));
        if (limits.isEmpty() && requests.isEmpty()) {
            return pod;
        }
        PodView view = new PodView(pod);
        Map<String, Quantity> allLimits = total(view, ContainerView::limits);
        allLimits.forEach((name, amount) -> {
            if (name.startsWith(HUGE_PAGES) && !requests.containsKey(name)) {
                limits.putIfAbsent(name, amount);
            }
        });
        total(view, ContainerView::requests).forEach((name, amount) -> {
            if (name.equals("cpu") || name.equals("memory")) {
                requests.putIfAbsent(name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (isShared(name)) {
                requests.putIfAbsent(name, amount);
            }
        });
        requests.forEach((name, request) -> {
            Quantity limit = allLimits.get(name);
            if (limit != null && isShared(name) && isLimitedEverywhere(view, name)) {
                limits.putIfAbsent(name, request.compareTo(limit) > 0 ? request : limit);
            }
        });
        ObjectValue filled = resources;
        filled = with(filled, "requests", requests);
        filled = with(filled, "limits", limits);
        if (filled.equals(resources)) {
            return pod;
        }
        ObjectValue ordered = ObjectValue.builder()
                .putIfPresent("limits", filled.get("limits"))
                .putIfPresent("requests", filled.get("requests"))
                .putIfPresent("claims", filled.get("claims"))
                .build();
        return pod.withAt(ordered, "spec", "resources");
    }

    /** What can be said for a pod as a whole. */
    private static boolean isShared(String resource) {
        return resource.equals("cpu") || resource.equals("memory") || resource.startsWith(HUGE_PAGES);
    }

    private static boolean isLimitedEverywhere(PodView pod, String resource) {
        return pod.allContainers().stream()
                .allMatch(container -> container.limits().has(resource));
    }

    /**
     * What the containers take together: the sum of those that run side by side, or more where one that runs before them takes
     * more along with the sidecars that were started by then.
     */
    private static Map<String, Quantity> total(PodView pod, Function<ContainerView, ObjectValue> part) {
        Map<String, Quantity> sum = new TreeMap<>();
        pod.containers().forEach(container -> add(sum, amounts(part.apply(container))));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> most = new TreeMap<>();
        for (ContainerView container : pod.initContainers()) {
            Map<String, Quantity> own = amounts(part.apply(container));
            if (container.isSidecar()) {
                add(sum, own);
                add(sidecars, own);
                own = sidecars;
            } else {
                add(own, sidecars);
            }
            own.forEach((name, amount) -> most.merge(name, amount, PodLevelResources::larger));
        }
        most.forEach((name, amount) -> sum.merge(name, amount, PodLevelResources::larger));
        return sum;
    }

    private static Quantity larger(Quantity known, Quantity other) {
        return other.compareTo(known) > 0 ? other : known;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static Map<String, Quantity> amounts(ObjectValue list) {
        Map<String, Quantity> out = new TreeMap<>();
        for (ObjectValue.Member one : list) {
            String text = one.value().asString();
            if (text != null) {
                out.put(one.key(), Quantity.parse(text));
            }
        }
        return out;
    }

    private static ObjectValue with(ObjectValue resources, String name, Map<String, Quantity> amounts) {
        if (amounts.isEmpty()) {
            return resources;
        }
        ObjectValue list = resources.objectOrEmpty(name);
        for (Map.Entry<String, Quantity> one : amounts.entrySet()) {
            list = list.has(one.getKey())
                    ? list
                    : list.with(one.getKey(), Value.of(one.getValue().toString()));
        }
        return resources.with(name, list.sorted());
    }
}
