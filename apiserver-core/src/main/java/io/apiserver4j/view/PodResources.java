// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a pod takes of each resource: the sum of what its containers take side by side, or more where one that runs before
 * them takes more along with the sidecars that were started by then; what is said for the pod as a whole counts instead. Of
 * containers that are being resized the most that they may have at hand counts, as their status tells it.
 */
public final class PodResources {
    private static final String HUGE_PAGES = "hugepages-";

    private final PodView pod;
    private final Map<String, ObjectValue> statuses = new HashMap<>();
    private final boolean infeasible;

    private PodResources(PodView pod) {
        this.pod = pod;
        ConditionView pending = ConditionView.find(pod.conditions(), "PodResizePending");
        infeasible = pending != null && pending.reason().equals("Infeasible");
        for (String list : new String[] {"containerStatuses", "initContainerStatuses"}) {
            for (ObjectValue status : pod.status().arrayOrEmpty(list).objects()) {
                if (status.has("resources")) {
                    statuses.put(status.stringOrEmpty("name"), status);
                }
            }
        }
    }

    /** What a pod asks for, by resource, without its overhead. */
    public static Map<String, Quantity> requests(PodView pod) {
        PodResources all = new PodResources(pod);
        return all.total(all::requests, "requests");
    }

    /** What a pod is limited to, by resource, without its overhead. */
    public static Map<String, Quantity> limits(PodView pod) {
        PodResources all = new PodResources(pod);
        return all.total(all::limits, "limits");
    }

    /** True for a pod that asks for no processor and no memory and is limited to none, so that it goes first. */
    public static boolean isBestEffort(PodView pod) {
        Map<String, Quantity> requests = requests(pod);
        Map<String, Quantity> limits = limits(pod);
        return Stream.of("cpu", "memory")
                .allMatch(name -> requests.getOrDefault(name, Quantity.ZERO).isZero()
                        && limits.getOrDefault(name, Quantity.ZERO).isZero());
    }

    /** The amounts of a list of resources, by resource; changeable. */
    public static Map<String, Quantity> amounts(ObjectValue list) {
        Map<String, Quantity> out = new TreeMap<>();
        for (ObjectValue.Member one : list) {
            String text = one.value().asString();
            if (text != null) {
                out.put(one.key(), Quantity.parse(text));
            }
        }
        return out;
    }

    /** Adds amounts to a sum. */
    public static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    /**
     * What the containers of a pod take together: the sum of those that run side by side, or more where one that runs before
     * them takes more along with the sidecars that were started by then.
     *
     * @param part what one container takes; may be changed
     */
    public static Map<String, Quantity> together(PodView pod, Function<ContainerView, Map<String, Quantity>> part) {
        Map<String, Quantity> sum = new TreeMap<>();
        pod.containers().forEach(container -> add(sum, part.apply(container)));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> most = new TreeMap<>();
        for (ContainerView container : pod.initContainers()) {
            Map<String, Quantity> own = part.apply(container);
            if (container.isSidecar()) {
                add(sum, own);
                add(sidecars, own);
                own = sidecars;
            } else {
                add(own, sidecars);
            }
            raise(most, own);
        }
        raise(sum, most);
        return sum;
    }

    /** Whether a resource can be said for a pod as a whole. */
    public static boolean isOfPods(String resource) {
        return resource.equals("cpu") || resource.equals("memory") || resource.startsWith(HUGE_PAGES);
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach(
                (name, amount) -> most.merge(name, amount, (known, more) -> more.compareTo(known) > 0 ? more : known));
    }

    private Map<String, Quantity> requests(ContainerView container) {
        ObjectValue status = statuses.get(container.name());
        if (status == null) {
            return amounts(container.requests());
        }
        Map<String, Quantity> most = infeasible ? new TreeMap<>() : amounts(container.requests());
        raise(most, amounts(status.objectOrEmpty("resources").objectOrEmpty("requests")));
        raise(most, amounts(status.objectOrEmpty("allocatedResources")));
        return most;
    }

    private Map<String, Quantity> limits(ContainerView container) {
        ObjectValue status = statuses.get(container.name());
        if (status == null) {
            return amounts(container.limits());
        }
        Map<String, Quantity> most = infeasible ? new TreeMap<>() : amounts(container.limits());
        raise(most, amounts(status.objectOrEmpty("resources").objectOrEmpty("limits")));
        return most;
    }

    private Map<String, Quantity> total(Function<ContainerView, Map<String, Quantity>> part, String whole) {
        Map<String, Quantity> sum = together(pod, part);
        amounts(pod.spec().objectOrEmpty("resources").objectOrEmpty(whole)).forEach((name, amount) -> {
            if (isOfPods(name)) {
                sum.put(name, amount);
            }
        });
        return sum;
    }
}
