// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodResources;
import io.apiserver4j.view.PodView;
import java.util.Map;
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
        Map<String, Quantity> limits = PodResources.amounts(resources.objectOrEmpty("limits"));
        Map<String, Quantity> requests = PodResources.amounts(resources.objectOrEmpty("requests"));
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
            if (PodResources.isOfPods(name)) {
                requests.putIfAbsent(name, amount);
            }
        });
        requests.forEach((name, request) -> {
            Quantity limit = allLimits.get(name);
            if (limit != null && PodResources.isOfPods(name) && isLimitedEverywhere(view, name)) {
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

    private static boolean isLimitedEverywhere(PodView pod, String resource) {
        return pod.allContainers().stream()
                .allMatch(container -> container.limits().has(resource));
    }

    private static Map<String, Quantity> total(PodView pod, Function<ContainerView, ObjectValue> part) {
        return PodResources.together(pod, container -> PodResources.amounts(part.apply(container)));
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
