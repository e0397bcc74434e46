// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** Groups of pods do not go while they have pods, and get none while they go. Does nothing where groups are not served. */
final class PodGroupProtection implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "PodGroupProtection";

    private static final String GROUPS = "podgroups.scheduling.k8s.io";
    private static final String FINALIZER = "scheduling.k8s.io/podgroup-protection";

    private final LiveObjects objects;

    PodGroupProtection(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue object = request.requireObject();
        if (request.operation() != AdmissionRequest.Operation.CREATE
                || !request.isFor("scheduling.k8s.io", "podgroups")) {
            return object;
        }
        ArrayValue finalizers = object.objectOrEmpty("metadata").arrayOrEmpty("finalizers");
        return finalizers.strings().contains(FINALIZER)
                ? object
                : object.withAt(finalizers.plus(Value.of(FINALIZER)), "metadata", "finalizers");
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod == null || !PodRequests.creates(request)) {
            return;
        }
        String name = pod.objectAt("spec", "schedulingGroup").stringOrEmpty("podGroupName");
        StoredObject group = name.isEmpty() ? null : objects.known(GROUPS, request.namespace(), name);
        if (group != null && ObjectMeta.of(group.tree()).isDeleting()) {
            throw request.forbidden(
                    "cannot create Pod referencing PodGroup " + GoText.quote(name) + " because it is being deleted");
        }
    }
}
