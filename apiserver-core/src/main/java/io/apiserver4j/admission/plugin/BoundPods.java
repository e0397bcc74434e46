// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** Changes of pods that have a node, which must bear them. */
final class BoundPods {
    private final LiveObjects objects;

    BoundPods(LiveObjects objects) {
        this.objects = objects;
    }

    /** True where the spec of a pod with a node changes; all subresources. */
    static boolean changes(AdmissionRequest request) {
        ObjectValue pod = request.object();
        ObjectValue old = request.oldObject();
        return request.operation() == Operation.UPDATE
                && pod != null
                && old != null
                && request.definition().groupResource().equals("pods")
                && !pod.objectOrEmpty("spec").stringOrEmpty("nodeName").isEmpty()
                && ObjectMeta.of(pod).generation() != ObjectMeta.of(old).generation();
    }

    /** The node of a pod. */
    ObjectValue nodeOf(AdmissionRequest request, ObjectValue pod) {
        String name = pod.objectOrEmpty("spec").stringOrEmpty("nodeName");
        StoredObject node = find(name);
        if (node == null) {
            throw request.forbidden("node " + GoText.quote(name) + " not found");
        }
        return node.tree();
    }

    private @Nullable StoredObject find(String name) {
        return objects.find("nodes", "", name);
    }
}
