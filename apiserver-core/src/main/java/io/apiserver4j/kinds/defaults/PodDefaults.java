// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** Pods, and what every pod template has in common with them. */
final class PodDefaults {
    private PodDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/core/v1.Container", PodDefaults::container,
                "api/core/v1.EphemeralContainer", PodDefaults::container,
                "api/core/v1.Pod", pod -> Fill.in(pod, "spec", PodDefaults::specOfPod),
                "api/core/v1.PodSpec", PodDefaults::spec,
                "api/core/v1.PodStatus", PodDefaults::status,
                "api/core/v1.Volume", PodDefaults::volume);
    }

    private static ObjectValue container(ObjectValue container) {
        return pullPolicy(container, "imagePullPolicy", "image");
    }

    private static ObjectValue pullPolicy(ObjectValue object, String member, String image) {
        return Fill.isAbsent(object.get(member))
                ? object.with(member, ImageName.isLatest(object.stringOrEmpty(image)) ? "Always" : "IfNotPresent")
                : object;
    }

    /** What is filled in pods only, and not in templates of them. */
    private static ObjectValue specOfPod(ObjectValue spec) {
        ObjectValue out = spec;
        if (spec.longOr("terminationGracePeriodSeconds", 0) < 0) {
            out = out.with("terminationGracePeriodSeconds", Value.of(1));
        }
        out = Fill.each(out, "containers", PodDefaults::requestsOfLimits);
        out = Fill.each(out, "initContainers", PodDefaults::requestsOfLimits);
        if (spec.isTrue("hostNetwork")) {
            out = Fill.each(out, "containers", PodDefaults::hostPorts);
            out = Fill.each(out, "initContainers", PodDefaults::hostPorts);
        }
        return out;
    }

    private static ObjectValue requestsOfLimits(ObjectValue container) {
        return Fill.in(
                container,
                "resources",
                resources -> Fill.missing(resources, "requests", resources.getObject("limits")));
    }

    private static ObjectValue hostPorts(ObjectValue container) {
        return Fill.each(container, "ports", port -> {
            Value own = port.get("containerPort");
            boolean chosen = port.longOr("hostPort", 0) != 0 || port.longOr("containerPort", 0) == 0;
            return chosen || own == null ? port : port.with("hostPort", own);
        });
    }

    /** {@code serviceAccount} is the old name of {@code serviceAccountName}, which wins. */
    private static ObjectValue spec(ObjectValue spec) {
        String name = spec.stringOrEmpty("serviceAccountName");
        String old = spec.stringOrEmpty("serviceAccount");
        if (name.equals(old)) {
            return spec;
        }
        return name.isEmpty() ? spec.with("serviceAccountName", old) : spec.with("serviceAccount", name);
    }

    /** {@code podIP} is the first of {@code podIPs}, and rules where they differ. */
    private static ObjectValue status(ObjectValue status) {
        String one = status.stringOrEmpty("podIP");
        ArrayValue all = status.arrayOrEmpty("podIPs");
        String first = all.isEmpty() ? "" : all.objectAt(0).stringOrEmpty("ip");
        if (one.equals(first) && (!one.isEmpty() || all.isEmpty())) {
            return status;
        }
        if (one.isEmpty()) {
            return first.isEmpty() ? status : status.with("podIP", first);
        }
        return status.with("podIPs", ArrayValue.of(ObjectValue.of("ip", Value.of(one))));
    }

    private static ObjectValue volume(ObjectValue volume) {
        for (ObjectValue.Member member : volume) {
            if (!member.key().equals("name") && !member.value().isNull()) {
                return Fill.in(volume, "image", image -> pullPolicy(image, "pullPolicy", "reference"));
            }
        }
        return volume.with("emptyDir", ObjectValue.EMPTY);
    }
}
