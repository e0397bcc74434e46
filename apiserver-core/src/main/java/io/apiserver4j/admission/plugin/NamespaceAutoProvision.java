// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** A namespace is made when something is first created in it. */
final class NamespaceAutoProvision implements MutatingPlugin {
    static final String NAME = "NamespaceAutoProvision";

    private final LiveObjects objects;
    private final InnerDoor door;

    NamespaceAutoProvision(LiveObjects objects, InnerDoor door) {
        this.objects = objects;
        this.door = door;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        String namespace = request.namespace();
        if (request.operation() == Operation.CREATE
                && !request.dryRun()
                && !namespace.isEmpty()
                && !request.definition().groupResource().equals("namespaces")
                && objects.find("namespaces", "", namespace) == null) {
            ObjectValue wanted = ObjectValue.builder()
                    .put("apiVersion", "v1")
                    .put("kind", "Namespace")
                    .put("metadata", ObjectValue.of("name", Value.of(namespace)))
                    .build();
            InnerDoor.Answer answer = door.send("POST", "/api/v1/namespaces", wanted);
            if (!answer.isSuccess() && answer.code() != 409) {
                throw Status.plain(answer.message()).asException();
            }
        }
        return request.requireObject();
    }
}
