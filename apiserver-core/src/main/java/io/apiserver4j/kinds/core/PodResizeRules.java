// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.AnnotationRules;
import io.apiserver4j.kinds.pod.PodSpecRules;
import io.apiserver4j.kinds.pod.QualityOfService;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Objects;

/** What a resize may change: amounts of CPU and memory, of containers and of the pod as a whole. */
final class PodResizeRules {
    private static final ValuePath SPEC = ValuePath.of("spec");

    private PodResizeRules() {}

    static void check(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        FieldErrors found = new FieldErrors();
        if (current.objectAt("metadata", "annotations").has(AnnotationRules.MIRROR)) {
            errors.forbidden(ValuePath.of(""), "static pods cannot be resized");
            return;
        }
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue old = current.objectOrEmpty("spec");
        if (old.objectOrEmpty("os").stringOrEmpty("name").equals("windows")) {
            errors.forbidden(ValuePath.of(""), "windows pods cannot be resized");
            return;
        }
        PodSpecRules.checkPod(updated, current, found);
        String quality = current.objectOrEmpty("status").stringOrEmpty("qosClass");
        String before = quality.isEmpty() ? QualityOfService.of(current) : quality;
        if (!before.equals(QualityOfService.of(updated))) {
            found.invalid(
                    SPEC,
                    updated.objectOrEmpty("status").stringOrEmpty("qosClass"),
                    "Pod QOS Class may not change as a result of resizing");
        }
        if (!nodeCan(current)) {
            found.forbidden(SPEC, "Pod running on node without support for resize");
        }
        ObjectValue masked = podLevel(spec, old, found);
        if (inOrder(spec, old, found)) {
            masked = containers(masked, old, found);
            if (!Objects.equals(spec.get("volumes"), old.get("volumes"))) {
                found.forbidden(
                        SPEC.field("volumes"),
                        "volumes are immutable on resize when InPlacePodVerticalScalingMemoryBackedVolumes feature gate"
                                + " is disabled");
            }
            if (found.isEmpty() && !masked.equals(old)) {
                found.forbidden(SPEC, "only cpu and memory resources are mutable");
            }
        }
        errors.addAll(found);
    }

    /** A node tells the resources of running containers if it can change them. */
    private static boolean nodeCan(ObjectValue pod) {
        for (ObjectValue status :
                pod.objectOrEmpty("status").arrayOrEmpty("containerStatuses").objects()) {
            if (status.objectOrEmpty("state").has("running")) {
                return status.has("resources");
            }
        }
        return true;
    }

    private static boolean isSet(ObjectValue resources) {
        return !resources.objectOrEmpty("requests").isEmpty()
                || !resources.objectOrEmpty("limits").isEmpty();
    }

    private static ObjectValue podLevel(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        ObjectValue resources = spec.objectOrEmpty("resources");
        ObjectValue before = old.objectOrEmpty("resources");
        if (!isSet(resources) && !isSet(before)) {
            return spec;
        }
        ValuePath path = SPEC.field("resources");
        if (old.has("resources")) {
            if (!spec.has("resources")) {
                errors.forbidden(path, "pod-level resources cannot be removed");
                return spec;
            }
            if (removed(resources, before, "requests")) {
                errors.forbidden(path.field("requests"), "pod-level resource requests cannot be removed");
            }
            if (removed(resources, before, "limits")) {
                errors.forbidden(path.field("limits"), "pod-level resource limits cannot be removed");
            }
        }
        ObjectValue masked = masked(resources, before);
        if (!masked.equals(before)) {
            errors.forbidden(SPEC, "only cpu and memory resources are mutable at pod-level");
        }
        return spec.withOrWithout("resources", masked.isEmpty() && !old.has("resources") ? null : masked);
    }

    private static boolean removed(ObjectValue resources, ObjectValue before, String side) {
        ObjectValue now = resources.objectOrEmpty(side);
        return !now.strings()
                .keySet()
                .containsAll(before.objectOrEmpty(side).strings().keySet());
    }

    /** Resources with the CPU and memory of others. */
    private static ObjectValue masked(ObjectValue resources, ObjectValue before) {
        ObjectValue out = resources;
        for (String side : List.of("limits", "requests")) {
            ObjectValue amounts = resources.objectOrEmpty(side);
            for (String name : List.of("cpu", "memory")) {
                amounts = amounts.withOrWithout(name, before.objectOrEmpty(side).get(name));
            }
            Value kept = amounts.isEmpty() && !before.has(side) ? null : amounts.sorted();
            out = out.withOrWithout(side, kept);
        }
        return out;
    }

    private static boolean inOrder(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        int before = errors.size();
        for (String list : List.of("containers", "initContainers")) {
            ArrayValue now = spec.arrayOrEmpty(list);
            ArrayValue were = old.arrayOrEmpty(list);
            ValuePath path = SPEC.field(list);
            if (now.size() != were.size()) {
                errors.forbidden(path, list + " may not be added or removed on resize");
                continue;
            }
            for (int i = 0; i < were.size(); i++) {
                if (!were.objectAt(i)
                        .stringOrEmpty("name")
                        .equals(now.objectAt(i).stringOrEmpty("name"))) {
                    errors.forbidden(path.index(i).field("name"), list + " may not be renamed or reordered on resize");
                }
            }
        }
        return errors.size() == before;
    }

    private static ObjectValue containers(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        for (String list : List.of("initContainers", "containers")) {
            ArrayValue now = spec.arrayOrEmpty(list);
            for (int i = 0; i < now.size(); i++) {
                ObjectValue resources = now.objectAt(i).objectOrEmpty("resources");
                ObjectValue before = old.arrayOrEmpty(list).objectAt(i).objectOrEmpty("resources");
                ValuePath path = SPEC.field(list).index(i).field("resources");
                if (removed(resources, before, "requests")) {
                    errors.forbidden(path.field("requests"), "resource requests cannot be removed");
                }
                if (removed(resources, before, "limits")) {
                    errors.forbidden(path.field("limits"), "resource limits cannot be removed");
                }
            }
        }
        ObjectValue out = spec;
        for (String list : List.of("containers", "initContainers")) {
            ArrayValue now = spec.arrayOrEmpty(list);
            ArrayValue masked = now;
            for (int i = 0; i < now.size(); i++) {
                ObjectValue before = old.arrayOrEmpty(list).objectAt(i);
                ObjectValue container = maskedContainer(now.objectAt(i), before);
                masked = masked.with(i, container);
                if (list.equals("containers")) {
                    if (!container.equals(before)) {
                        errors.forbidden(SPEC, "only cpu and memory resources are mutable");
                    }
                } else {
                    initContainer(
                            now.objectAt(i), container, before, SPEC.field(list).index(i), errors);
                }
            }
            if (!now.isEmpty()) {
                out = out.with(list, masked);
            }
        }
        return out;
    }

    private static ObjectValue maskedContainer(ObjectValue container, ObjectValue before) {
        ObjectValue masked = masked(container.objectOrEmpty("resources"), before.objectOrEmpty("resources"));
        return container.withOrWithout("resources", masked.isEmpty() && !before.has("resources") ? null : masked);
    }

    private static void initContainer(
            ObjectValue given, ObjectValue masked, ObjectValue before, ValuePath path, FieldErrors errors) {
        if (!masked.equals(before)) {
            errors.forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable");
        }
        boolean sidecar = given.stringOrEmpty("restartPolicy").equals("Always");
        if (sidecar || given.equals(before)) {
            return;
        }
        for (ObjectValue policy : given.arrayOrEmpty("resizePolicy").objects()) {
            if (policy.stringOrEmpty("restartPolicy").equals("RestartContainer")) {
                errors.forbidden(
                        path, "non-sidecar init containers with a resize policy of RestartContainer cannot be resized");
            }
        }
    }
}
