// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.AnnotationRules;
import io.apiserver4j.kinds.pod.PodSpecRules;
import io.apiserver4j.kinds.pod.SchedulingRules;
import io.apiserver4j.kinds.pod.SpecDiff;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may change in the spec of a pod. */
final class PodUpdateRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String CHANGEABLE = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
            + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if"
            + " it was previously negative)\n";

    private PodUpdateRules() {}

    static void check(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        PodSpecRules.checkPod(updated, current, errors);
        annotations(updated, current, errors);
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue old = current.objectOrEmpty("spec");
        if (!containers(spec, old, "containers", errors) || !containers(spec, old, "initContainers", errors)) {
            return;
        }
        if (!deadline(spec.getLong("activeDeadlineSeconds"), old.getLong("activeDeadlineSeconds"), errors)) {
            return;
        }
        tolerations(spec.arrayOrEmpty("tolerations"), old.arrayOrEmpty("tolerations"), errors);
        gates(spec.arrayOrEmpty("schedulingGates"), old.arrayOrEmpty("schedulingGates"), errors);
        if (!spec.equals(old)) {
            rest(spec, old, errors);
        }
    }

    /** The annotations of a changed pod: those that may not change, and again those of every pod. */
    static void annotations(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        AnnotationRules.unchanged(
                updated.objectAt("metadata", "annotations"),
                current.objectAt("metadata", "annotations"),
                ValuePath.of("metadata", "annotations"),
                errors);
        PodSpecRules.checkAnnotations(updated, current, errors);
    }

    private static boolean containers(ObjectValue spec, ObjectValue old, String list, FieldErrors errors) {
        ArrayValue containers = spec.arrayOrEmpty(list);
        if (containers.size() != old.arrayOrEmpty(list).size()) {
            errors.forbidden(SPEC.field(list), "pod updates may not add or remove containers");
            return false;
        }
        for (int i = 0; i < containers.size(); i++) {
            String image = containers.objectAt(i).stringOrEmpty("image");
            ValuePath path = SPEC.field(list).index(i).field("image");
            if (image.isEmpty()) {
                errors.required(path, "");
            }
            if (!image.strip().equals(image)) {
                errors.invalid(path, image, "must not have leading or trailing whitespace");
            }
        }
        return true;
    }

    /** A deadline may be set, and come nearer. */
    private static boolean deadline(@Nullable Long now, @Nullable Long before, FieldErrors errors) {
        ValuePath path = SPEC.field("activeDeadlineSeconds");
        if (now == null) {
            if (before != null) {
                errors.invalidShown(path, "null", "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (now < 0 || now > Integer.MAX_VALUE) {
            errors.invalid(path, now, NameRules.rangeError(0, Integer.MAX_VALUE));
            return false;
        }
        if (before != null && before < now) {
            errors.invalid(path, now, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void tolerations(ArrayValue now, ArrayValue before, FieldErrors errors) {
        ValuePath path = SPEC.field("tolerations");
        for (ObjectValue old : before.objects()) {
            ObjectValue lasting = old.without("tolerationSeconds");
            if (now.objects().stream()
                    .noneMatch(one -> one.without("tolerationSeconds").equals(lasting))) {
                errors.forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
        SchedulingRules.tolerations(now, path, errors);
    }

    private static void gates(ArrayValue now, ArrayValue before, FieldErrors errors) {
        Map<String, Integer> added = new HashMap<>();
        for (int i = 0; i < now.size(); i++) {
            added.put(now.objectAt(i).stringOrEmpty("name"), i);
        }
        before.objects().forEach(old -> added.remove(old.stringOrEmpty("name")));
        added.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(gate -> errors.forbidden(
                        SPEC.field("schedulingGates").index(gate.getValue()).field("name"),
                        "only deletion is allowed, but found new scheduling gate '" + gate.getKey() + "'"));
    }

    /** Everything that was not looked at before must be as it was. */
    private static void rest(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        ObjectValue masked = spec;
        for (String list : List.of("containers", "initContainers")) {
            masked = withImages(masked, old, list);
        }
        for (String field : List.of("activeDeadlineSeconds", "schedulingGates", "tolerations")) {
            masked = masked.withOrWithout(field, old.get(field));
        }
        Long grace = old.getLong("terminationGracePeriodSeconds");
        if (grace != null && grace < 0 && masked.longOr("terminationGracePeriodSeconds", 0) == 1) {
            masked = masked.with("terminationGracePeriodSeconds", Value.of(grace));
        }
        if (!old.arrayOrEmpty("schedulingGates").isEmpty()) {
            masked = PodPlacementRules.masked(masked, old, errors);
        }
        if (!masked.equals(old)) {
            errors.forbidden(SPEC, CHANGEABLE + SpecDiff.of("core.PodSpec", old, masked));
        }
    }

    private static ObjectValue withImages(ObjectValue spec, ObjectValue old, String list) {
        ArrayValue containers = spec.getArray(list);
        if (containers == null) {
            return spec;
        }
        for (int i = 0; i < containers.size(); i++) {
            Value image = old.arrayOrEmpty(list).objectAt(i).get("image");
            ObjectValue container = containers.objectAt(i);
            if (!Objects.equals(image, container.get("image"))) {
                containers = containers.with(i, container.withOrWithout("image", image));
            }
        }
        return spec.with(list, containers);
    }
}
