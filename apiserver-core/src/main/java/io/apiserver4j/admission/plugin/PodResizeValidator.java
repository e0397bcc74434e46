// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import io.apiserver4j.view.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pods grow no larger than their node is, and only on nodes that can do it. */
final class PodResizeValidator implements ValidatingPlugin {
    static final String NAME = "PodResizeValidator";

    private final BoundPods pods;

    PodResizeValidator(LiveObjects objects) {
        pods = new BoundPods(objects);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.subresource().equals("resize") || !BoundPods.changes(request)) {
            return;
        }
        ObjectValue pod = request.requireObject();
        ObjectValue node = pods.nodeOf(request, pod);
        Map<String, Quantity> given = PodResources.amounts(node.objectAt("status", "allocatable"));
        Map<String, Quantity> asked = PodResources.requests(new PodView(pod.without("status")));
        PodResources.add(asked, PodResources.amounts(pod.objectAt("spec", "overhead")));
        List<String> problems = new ArrayList<>();
        long cpu = amount(asked, "cpu").milliValue();
        long allocatableCpu = amount(given, "cpu").milliValue();
        if (cpu > allocatableCpu) {
            problems.add("cpu, requested: " + cpu + ", allocatable: " + allocatableCpu);
        }
        long memory = amount(asked, "memory").value();
        long allocatableMemory = amount(given, "memory").value();
        if (memory > allocatableMemory) {
            problems.add("memory, requested: " + memory + ", allocatable: " + allocatableMemory);
        }
        if (!problems.isEmpty()) {
            throw refused(
                    request,
                    "Node didn't have enough allocatable resources: " + String.join("; ", problems),
                    "NodeCapacity");
        }
        ObjectValue metadata = node.objectOrEmpty("metadata");
        String system = metadata.objectOrEmpty("labels").stringOrEmpty("kubernetes.io/os");
        if (!system.equals("linux")) {
            throw refused(
                    request,
                    "pod resize is only supported on linux nodes, node \"" + metadata.stringOrEmpty("name") + "\" is \""
                            + system + "\"",
                    "UnsupportedPlatform");
        }
    }

    private static Quantity amount(Map<String, Quantity> amounts, String name) {
        return amounts.getOrDefault(name, Quantity.ZERO);
    }

    private static ApiException refused(AdmissionRequest request, String why, String cause) {
        return request.forbidden(why).with(status -> {
            Status.Details details = Objects.requireNonNull(status.details());
            return status.withDetails(new Status.Details(
                    details.name(),
                    details.group(),
                    details.kind(),
                    details.uid(),
                    List.of(new Status.Cause(cause, "", ""))));
        });
    }
}
