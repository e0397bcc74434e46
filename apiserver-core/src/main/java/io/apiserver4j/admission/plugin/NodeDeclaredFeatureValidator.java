// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Pods change only in ways that their node says it can follow. */
final class NodeDeclaredFeatureValidator implements ValidatingPlugin {
    static final String NAME = "NodeDeclaredFeatureValidator";

    private final BoundPods pods;

    NodeDeclaredFeatureValidator(LiveObjects objects) {
        pods = new BoundPods(objects);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        String subresource = request.subresource();
        if (!subresource.isEmpty() && !subresource.equals("resize") || !BoundPods.changes(request)) {
            return;
        }
        ObjectValue pod = request.requireObject();
        List<String> needed = needed(pod, Objects.requireNonNull(request.oldObject()));
        if (needed.isEmpty()) {
            return;
        }
        ObjectValue node = pods.nodeOf(request, pod);
        needed.removeAll(
                node.objectOrEmpty("status").arrayOrEmpty("declaredFeatures").strings());
        if (!needed.isEmpty()) {
            throw request.forbidden("pod update requires features " + String.join(", ", needed)
                    + " which are not available on node \""
                    + node.objectOrEmpty("metadata").stringOrEmpty("name") + "\"");
        }
    }

    /** What a node must be able to do for a change, in the order in which it is told. */
    private static List<String> needed(ObjectValue pod, ObjectValue old) {
        ObjectValue now = pod.objectOrEmpty("spec");
        ObjectValue before = old.objectOrEmpty("spec");
        List<String> out = new ArrayList<>();
        if (!now.objectOrEmpty("resources").equals(before.objectOrEmpty("resources"))) {
            out.add("InPlacePodLevelResourcesVerticalScaling");
        }
        if (resizesInitContainer(now.arrayOrEmpty("initContainers"), before.arrayOrEmpty("initContainers"))) {
            out.add("InPlacePodVerticalScalingInitContainers");
        }
        if (resizesMemoryVolume(now.arrayOrEmpty("volumes"), before.arrayOrEmpty("volumes"))) {
            out.add("InPlacePodVerticalScalingMemoryBackedVolumes");
        }
        return out;
    }

    private static boolean resizesInitContainer(ArrayValue now, ArrayValue before) {
        for (int i = 0; i < Math.min(now.size(), before.size()); i++) {
            ObjectValue old = before.objectAt(i);
            if (!old.stringOrEmpty("restartPolicy").equals("Always")
                    && !old.objectOrEmpty("resources").equals(now.objectAt(i).objectOrEmpty("resources"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean resizesMemoryVolume(ArrayValue now, ArrayValue before) {
        if (now.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            ObjectValue volume = now.objectAt(i);
            ObjectValue old = before.objectAt(i);
            Value size = volume.objectOrEmpty("emptyDir").get("sizeLimit");
            Value oldSize = old.objectOrEmpty("emptyDir").get("sizeLimit");
            if (volume.stringOrEmpty("name").equals(old.stringOrEmpty("name"))
                    && volume.objectOrEmpty("emptyDir").stringOrEmpty("medium").equals("Memory")
                    && size != null
                    && oldSize != null
                    && !size.equals(oldSize)) {
                return true;
            }
        }
        return false;
    }
}
