// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pods of a runtime class get its overhead, and what it says about nodes; a pod may have no overhead of its own. */
final class RuntimeClass implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "RuntimeClass";

    private final LiveObjects objects;
    private final LiveObjects.Memo<ObjectValue> classes = new LiveObjects.Memo<>(tree -> tree);

    RuntimeClass(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    private static boolean concerns(AdmissionRequest request) {
        return request.operation() == AdmissionRequest.Operation.CREATE && request.isFor("", "pods");
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        ObjectValue known = concerns(request) ? classOf(request, pod) : null;
        if (known == null) {
            return pod;
        }
        ObjectValue overhead = known.getObject("overhead");
        ObjectValue out = overhead == null ? pod : withOverhead(request, pod, overhead);
        ObjectValue scheduling = known.getObject("scheduling");
        return scheduling == null ? out : scheduled(request, out, scheduling);
    }

    private @Nullable ObjectValue classOf(AdmissionRequest request, ObjectValue pod) {
        String name = pod.objectOrEmpty("spec").getString("runtimeClassName");
        if (name == null) {
            return null;
        }
        StoredObject found = objects.find("runtimeclasses.node.k8s.io", "", name);
        if (found == null) {
            throw request.forbidden("pod rejected: RuntimeClass " + GoText.quote(name) + " not found");
        }
        return classes.of(found);
    }

    private static ObjectValue withOverhead(AdmissionRequest request, ObjectValue pod, ObjectValue overhead) {
        ObjectValue fixed = overhead.objectOrEmpty("podFixed");
        ObjectValue given = pod.objectOrEmpty("spec").getObject("overhead");
        if (given != null) {
            checkSame(request, fixed, given);
        }
        return fixed.isEmpty() ? pod : pod.withAt(fixed, "spec", "overhead");
    }

    private static void checkSame(AdmissionRequest request, ObjectValue wanted, ObjectValue given) {
        if (!sameAmounts(PodResources.amounts(wanted), PodResources.amounts(given))) {
            throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
    }

    private static boolean sameAmounts(Map<String, Quantity> some, Map<String, Quantity> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream().allMatch(one -> {
                    Quantity other = others.get(one.getKey());
                    return other != null && one.getValue().compareTo(other) == 0;
                });
    }

    private static ObjectValue scheduled(AdmissionRequest request, ObjectValue pod, ObjectValue scheduling) {
        ObjectValue selector = pod.objectOrEmpty("spec").objectOrEmpty("nodeSelector");
        for (ObjectValue.Member wanted : scheduling.objectOrEmpty("nodeSelector")) {
            String key = wanted.key();
            String value = wanted.value().asString();
            String given = selector.getString(key);
            if (given != null && !given.equals(value)) {
                throw request.forbidden("conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value
                        + "; pod.spec.nodeSelector[" + key + "] = " + given);
            }
            selector = selector.with(key, wanted.value());
        }
        ObjectValue out = selector.isEmpty() ? pod : pod.withAt(selector, "spec", "nodeSelector");
        return Tolerations.in(
                out,
                Tolerations.merged(
                        out.objectOrEmpty("spec").arrayOrEmpty("tolerations"), scheduling.arrayOrEmpty("tolerations")));
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod == null || !concerns(request)) {
            return;
        }
        ObjectValue known = classOf(request, pod);
        ObjectValue given = pod.objectOrEmpty("spec").getObject("overhead");
        ObjectValue overhead = known == null ? null : known.getObject("overhead");
        if (overhead != null) {
            checkSame(request, overhead.objectOrEmpty("podFixed"), given == null ? ObjectValue.EMPTY : given);
        } else if (given != null) {
            throw request.forbidden(
                    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }
}
