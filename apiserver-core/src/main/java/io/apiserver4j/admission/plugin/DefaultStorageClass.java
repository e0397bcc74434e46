// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Claims that name no storage class get the default one. */
final class DefaultStorageClass implements MutatingPlugin {
    static final String NAME = "DefaultStorageClass";

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    private final DefaultClass defaults;

    DefaultStorageClass(LiveObjects objects) {
        defaults = new DefaultClass(
                objects,
                "storageclasses.storage.k8s.io",
                List.of(
                        "storageclass.kubernetes.io/is-default-class",
                        "storageclass.beta.kubernetes.io/is-default-class"));
    }

    /** The class that a claim asks for: the annotation of old counts before the field; empty where it asks for none. */
    static String classOf(ObjectValue claim) {
        String old = ObjectMeta.of(claim).annotations().getString(OLD_CLASS);
        return old != null ? old : claim.objectOrEmpty("spec").stringOrEmpty("storageClassName");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue claim = request.requireObject();
        if (request.operation() != AdmissionRequest.Operation.CREATE
                || !request.isFor("", "persistentvolumeclaims")
                || claim.objectOrEmpty("spec").has("storageClassName")
                || ObjectMeta.of(claim).annotations().has(OLD_CLASS)) {
            return claim;
        }
        String name = defaults.name();
        return name == null ? claim : claim.update("spec", spec -> spec.with("storageClassName", name));
    }
}
