// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/** What of a job may change. Its template may only while it is suspended, and then only where and with what its pods run. */
record JobChangeRules(ObjectValue updated, ObjectValue current) {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final List<String> WHERE_PODS_RUN = List.of("nodeSelector", "tolerations", "schedulingGates");

    void check(FieldErrors errors) {
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        completions(spec, before, errors);
        FieldChecks.immutable(spec.get("selector"), before.get("selector"), SPEC.field("selector"), errors);
        template(spec.objectOrEmpty("template"), before.objectOrEmpty("template"), errors);
        immutable(spec, before, "completionMode", "wire", errors);
        immutable(spec, before, "podFailurePolicy", "*batch.PodFailurePolicy", errors);
        immutable(spec, before, "backoffLimitPerIndex", "wire", errors);
        immutable(spec, before, "managedBy", "wire", errors);
        immutable(spec, before, "successPolicy", "*batch.SuccessPolicy", errors);
    }

    private static void immutable(ObjectValue spec, ObjectValue before, String name, String type, FieldErrors errors) {
        FieldChecks.immutable(spec.get(name), before.get(name), type, SPEC.field(name), errors);
    }

    /** The number of indexes may change together with the number of pods at once. */
    private static void completions(ObjectValue spec, ObjectValue before, FieldErrors errors) {
        if (!JobSpecRules.isIndexed(spec)) {
            immutable(spec, before, "completions", "wire", errors);
            return;
        }
        Long completions = spec.getLong("completions");
        if (completions != null
                && FieldChecks.changed(spec.get("completions"), before.get("completions"))
                && completions != spec.longOr("parallelism", 0)) {
            errors.invalid(
                    SPEC.field("completions"), completions, "can only be modified in tandem with spec.parallelism");
        }
    }

    private void template(ObjectValue template, ObjectValue before, FieldErrors errors) {
        if (!isOpen()) {
            FieldChecks.immutable(template, before, "core.PodTemplateSpec", SPEC.field("template"), errors);
            return;
        }
        ObjectValue pod = template.objectOrEmpty("spec");
        ObjectValue comparable = withPlacesOf(pod, before.objectOrEmpty("spec"));
        for (String list : List.of("containers", "initContainers")) {
            comparable = withResourcesOf(pod, comparable, list);
        }
        FieldChecks.immutable(pod, comparable, "core.PodSpec", SPEC.field("template.spec"), errors);
    }

    /** Suspended, and no pod of it runs. */
    private boolean isOpen() {
        ObjectValue status = current.objectOrEmpty("status");
        boolean idle = status.stringOrEmpty("startTime").isEmpty() || JobStatusRules.isTrue(status, "Suspended");
        return current.objectOrEmpty("spec").isTrue("suspend") && idle && status.longOr("active", 0) == 0;
    }

    /** The old pod with all of the new one that says where pods run; what still differs may not. */
    private static ObjectValue withPlacesOf(ObjectValue pod, ObjectValue before) {
        ObjectValue out = withAffinityOf(pod, before);
        for (String name : WHERE_PODS_RUN) {
            out = out.withOrWithout(name, pod.get(name));
        }
        return out;
    }

    private static ObjectValue withAffinityOf(ObjectValue pod, ObjectValue before) {
        ObjectValue now = pod.getObject("affinity");
        ObjectValue then = before.getObject("affinity");
        if (now == null && then == null) {
            return before;
        }
        if (now == null) {
            ObjectValue rest = before.objectOrEmpty("affinity").without("nodeAffinity");
            return rest.isEmpty() ? before.without("affinity") : before.with("affinity", rest);
        }
        ObjectValue kept = then == null ? ObjectValue.EMPTY : then;
        return before.with("affinity", kept.withOrWithout("nodeAffinity", now.get("nodeAffinity")));
    }

    /** Containers with the resources of the same containers of the new template. */
    private static ObjectValue withResourcesOf(ObjectValue pod, ObjectValue before, String list) {
        ArrayValue now = pod.arrayOrEmpty(list);
        ArrayValue then = before.arrayOrEmpty(list);
        if (now.size() != then.size() || then.isEmpty()) {
            return before;
        }
        List<Value> out = new ArrayList<>();
        for (int i = 0; i < then.size(); i++) {
            ObjectValue container = now.objectAt(i);
            boolean same =
                    container.stringOrEmpty("name").equals(then.objectAt(i).stringOrEmpty("name"));
            out.add(same ? then.objectAt(i).withOrWithout("resources", container.get("resources")) : then.get(i));
        }
        return before.with(list, ArrayValue.of(out));
    }
}
