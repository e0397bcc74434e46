// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** Pods know the zone and the region of the node that they are bound to. */
final class PodTopologyLabels implements MutatingPlugin {
    static final String NAME = "PodTopologyLabels";

    private static final List<String> LABELS = List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

    private final LiveObjects objects;

    PodTopologyLabels(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue object = request.requireObject();
        if (request.operation() != Operation.CREATE
                || !request.definition().groupResource().equals("pods")) {
            return object;
        }
        String node = "";
        if (request.subresource().isEmpty()) {
            node = object.objectOrEmpty("spec").stringOrEmpty("nodeName");
        } else if (request.subresource().equals("binding")) {
            ObjectValue target = object.objectOrEmpty("target");
            node = target.stringOrEmpty("kind").equals("Node") ? target.stringOrEmpty("name") : "";
        }
        StoredObject known = node.isEmpty() ? null : objects.known("nodes", "", node);
        if (known == null) {
            return object;
        }
        ObjectValue labels = object.objectOrEmpty("metadata").objectOrEmpty("labels");
        ObjectValue out = labels;
        for (String label : LABELS) {
            Value value = known.header().labels().get(label);
            out = value == null ? out : out.with(label, value);
        }
        return out == labels ? object : object.withAt(out, "metadata", "labels");
    }
}
