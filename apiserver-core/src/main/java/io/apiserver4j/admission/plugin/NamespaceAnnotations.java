// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;

/** The annotations of namespaces, by which some plugins are steered. */
final class NamespaceAnnotations {
    private final LiveObjects objects;
    private final LiveObjects.Memo<ObjectValue> annotations =
            new LiveObjects.Memo<>(tree -> ObjectMeta.of(tree).annotations());

    NamespaceAnnotations(LiveObjects objects) {
        this.objects = objects;
    }

    /** Those of a namespace; 404 where there is none. */
    ObjectValue of(String namespace) {
        StoredObject known = objects.known("namespaces", "", namespace);
        if (known == null) {
            known = objects.find("namespaces", "", namespace);
        }
        if (known == null) {
            throw Status.notFound("", "namespaces", namespace).asException();
        }
        return annotations.of(known);
    }
}
