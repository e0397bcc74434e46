// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;

/** Nobody asks for a client certificate of the group that may do everything. */
final class CertificateSubjectRestriction implements ValidatingPlugin {
    static final String NAME = "CertificateSubjectRestriction";

    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue object = request.object();
        if (request.operation() != Operation.CREATE
                || object == null
                || !request.isFor("certificates.k8s.io", "certificatesigningrequests")
                || !object.objectOrEmpty("spec").stringOrEmpty("signerName").equals(SIGNER)) {
            return;
        }
        RequestSubject subject;
        try {
            subject = RequestSubject.of(object);
        } catch (IOException e) {
            throw request.forbidden("failed to parse CSR: " + e.getMessage());
        }
        if (subject.organizations().contains(Identity.MASTERS)) {
            throw request.forbidden("use of " + SIGNER + " signer with " + Identity.MASTERS + " group is not allowed");
        }
    }
}
