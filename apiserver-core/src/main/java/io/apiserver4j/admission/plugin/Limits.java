// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodResources;
import io.apiserver4j.view.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One limit range, read: what it fills in and what it demands. Demands are looked at in the order of the range. */
final class Limits {
    static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private final List<Limit> limits;
    private final Map<String, Value> defaultLimits = new TreeMap<>();
    private final Map<String, Value> defaultRequests = new TreeMap<>();

    private Limits(List<Limit> limits) {
        this.limits = limits;
    }

    static Limits of(ObjectValue range) {
        List<ObjectValue> items =
                range.objectOrEmpty("spec").arrayOrEmpty("limits").objects();
        Limits out = new Limits(items.stream().map(Limit::of).toList());
        for (ObjectValue item : items) {
            if (item.stringOrEmpty("type").equals(Limit.CONTAINER)) {
                item.objectOrEmpty("default").forEach(one -> out.defaultLimits.put(one.key(), one.value()));
                item.objectOrEmpty("defaultRequest").forEach(one -> out.defaultRequests.put(one.key(), one.value()));
            }
        }
        return out;
    }

    /** The pod with what its containers leave open, and an annotation that tells. */
    ObjectValue filled(ObjectValue pod) {
        if (defaultLimits.isEmpty() && defaultRequests.isEmpty()) {
            return pod;
        }
        List<String> told = new ArrayList<>();
        ObjectValue spec = pod.objectOrEmpty("spec");
        ObjectValue out = filled(spec, "containers", "container", told);
        out = filled(out, "initContainers", "init container", told);
        return told.isEmpty()
                ? pod
                : pod.with("spec", out)
                        .withAt(
                                Value.of("LimitRanger plugin set: " + String.join("; ", told)),
                                "metadata",
                                "annotations",
                                ANNOTATION);
    }

    private ObjectValue filled(ObjectValue spec, String list, String what, List<String> told) {
        return spec.has(list)
                ? spec.with(
                        list,
                        spec.arrayOrEmpty(list)
                                .map(one -> one instanceof ObjectValue container ? filled(container, what, told) : one))
                : spec;
    }

    private ObjectValue filled(ObjectValue container, String what, List<String> told) {
        ObjectValue out = container;
        String named = " for " + what + " " + container.stringOrEmpty("name");
        out = filled(out, "requests", defaultRequests, " request" + named, told);
        return filled(out, "limits", defaultLimits, " limit" + named, told);
    }

    private static ObjectValue filled(
            ObjectValue container, String part, Map<String, Value> defaults, String named, List<String> told) {
        ObjectValue known = container.objectOrEmpty("resources").objectOrEmpty(part);
        ObjectValue out = known;
        List<String> set = new ArrayList<>();
        for (Map.Entry<String, Value> one : defaults.entrySet()) {
            if (!known.has(one.getKey())) {
                out = out.with(one.getKey(), one.getValue());
                set.add(one.getKey());
            }
        }
        if (set.isEmpty()) {
            return container;
        }
        told.add(String.join(", ", set) + named);
        return container.withAt(out.sorted(), "resources", part);
    }

    /** What is wrong with a pod. */
    List<String> problemsOfPod(ObjectValue tree) {
        PodView pod = new PodView(tree);
        List<String> out = new ArrayList<>();
        for (Limit limit : limits) {
            if (limit.type().equals(Limit.CONTAINER)) {
                pod.containers().forEach(one -> check(limit, one, out));
                pod.initContainers().forEach(one -> check(limit, one, out));
            } else if (limit.type().equals(Limit.POD)) {
                limit.check(PodResources.requests(pod), PodResources.limits(pod), out);
            }
        }
        return out;
    }

    private static void check(Limit limit, ContainerView container, List<String> out) {
        limit.check(PodResources.amounts(container.requests()), PodResources.amounts(container.limits()), out);
    }

    /** What is wrong with a claim. */
    List<String> problemsOfClaim(ObjectValue claim) {
        List<String> out = new ArrayList<>();
        for (Limit limit : limits) {
            if (limit.type().equals(Limit.CLAIM)) {
                limit.checkRequests(PodResources.amounts(claim.objectAt("spec", "resources", "requests")), out);
            }
        }
        return out;
    }
}
