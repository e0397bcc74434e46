// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Services get no new external addresses. */
final class DenyServiceExternalIPs implements ValidatingPlugin {
    static final String NAME = "DenyServiceExternalIPs";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue service = request.object();
        if (service == null
                || !request.isFor("", "services")
                || request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE) {
            return;
        }
        ObjectValue old = request.oldObject();
        if (!addresses(old == null ? ObjectValue.EMPTY : old).containsAll(addresses(service))) {
            throw request.forbidden("Use of external IPs is denied by cluster policy");
        }
    }

    private static List<String> addresses(ObjectValue service) {
        return service.objectOrEmpty("spec").arrayOrEmpty("externalIPs").strings();
    }
}
