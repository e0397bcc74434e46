// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Status;

/** Nothing happens in namespaces that are not there. */
final class NamespaceExists implements ValidatingPlugin {
    static final String NAME = "NamespaceExists";

    private final LiveObjects objects;

    NamespaceExists(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        String namespace = request.namespace();
        if (request.operation() != Operation.CONNECT
                && !namespace.isEmpty()
                && !request.definition().groupResource().equals("namespaces")
                && objects.find("namespaces", "", namespace) == null) {
            throw Status.notFound("", "namespaces", namespace).asException();
        }
    }
}
