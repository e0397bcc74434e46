// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** Volumes, claims and classes of attributes get a finalizer, so that they do not go while they are used. */
final class StorageObjectInUseProtection implements MutatingPlugin {
    static final String NAME = "StorageObjectInUseProtection";

    private static final Map<String, String> FINALIZERS = Map.of(
            "persistentvolumes", "kubernetes.io/pv-protection",
            "persistentvolumeclaims", "kubernetes.io/pvc-protection",
            "volumeattributesclasses.storage.k8s.io", "kubernetes.io/vac-protection");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue object = request.requireObject();
        if (request.operation() != AdmissionRequest.Operation.CREATE
                || !request.subresource().isEmpty()) {
            return object;
        }
        String finalizer = FINALIZERS.get(request.definition().groupResource());
        if (finalizer == null) {
            return object;
        }
        ArrayValue finalizers = object.objectOrEmpty("metadata").arrayOrEmpty("finalizers");
        return finalizers.strings().contains(finalizer)
                ? object
                : object.withAt(finalizers.plus(Value.of(finalizer)), "metadata", "finalizers");
    }
}
