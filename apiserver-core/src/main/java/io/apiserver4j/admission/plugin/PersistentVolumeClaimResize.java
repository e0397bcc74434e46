// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;

/** Claims grow only where they are bound and their storage class allows it. */
final class PersistentVolumeClaimResize implements ValidatingPlugin {
    static final String NAME = "PersistentVolumeClaimResize";

    private final LiveObjects objects;
    private final LiveObjects.Memo<Boolean> expandable =
            new LiveObjects.Memo<>(tree -> tree.isTrue("allowVolumeExpansion"));

    PersistentVolumeClaimResize(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue claim = request.object();
        ObjectValue old = request.oldObject();
        if (request.operation() != AdmissionRequest.Operation.UPDATE
                || claim == null
                || old == null
                || !request.isFor("", "persistentvolumeclaims")
                || size(claim).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.objectOrEmpty("status").stringOrEmpty("phase").equals("Bound")) {
            throw request.forbidden("Only bound persistent volume claims can be expanded");
        }
        String name = DefaultStorageClass.classOf(claim);
        StoredObject known = name.isEmpty() || !name.equals(DefaultStorageClass.classOf(old))
                ? null
                : objects.known("storageclasses.storage.k8s.io", "", name);
        if (known == null || !expandable.of(known)) {
            throw request.forbidden(
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions"
                            + " the pvc must support resize");
        }
    }

    private static Quantity size(ObjectValue claim) {
        String text = claim.objectAt("spec", "resources", "requests").getString("storage");
        return text == null ? Quantity.ZERO : Quantity.parse(text);
    }
}
