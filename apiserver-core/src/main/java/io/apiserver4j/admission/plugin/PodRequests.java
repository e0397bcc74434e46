// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;

/** What plugins about pods ask of a request. */
final class PodRequests {
    private PodRequests() {}

    /** True for a new pod. */
    static boolean creates(AdmissionRequest request) {
        return request.operation() == Operation.CREATE && request.isFor("", "pods");
    }

    /** True for a new pod or a changed one, its subresources left out. */
    static boolean writes(AdmissionRequest request) {
        return (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE)
                && request.isFor("", "pods");
    }

    /** Refuses a pod by its own name, which is empty while it is to be generated. */
    static ApiException forbidden(ObjectValue pod, String why) {
        return Status.forbidden("", "pods", ObjectMeta.of(pod).name(), why).asException();
    }
}
