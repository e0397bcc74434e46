// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/** The AdmissionReview that a webhook is sent (k8s.io/api admission). Both versions have the same members. */
final class ReviewDocument {
    static final String GROUP = "admission.k8s.io";

    private ReviewDocument() {}

    /**
     * A review.
     *
     * @param request as it was made
     * @param seen as the webhook sees it
     */
    static ObjectValue of(String version, String uid, AdmissionRequest request, AdmissionRequest seen) {
        ObjectEditor out = ObjectValue.builder()
                .put("uid", uid)
                .put("kind", seen.kind().toObject())
                .put("resource", seen.resource().toObject());
        text(out, "subResource", seen.subresource());
        out.put("requestKind", request.kind().toObject())
                .put("requestResource", request.resource().toObject());
        text(out, "requestSubResource", request.subresource());
        text(out, "name", request.name());
        text(out, "namespace", request.seenNamespace());
        out.put("operation", request.operation().name())
                .put("userInfo", request.identity().toUserInfo())
                .put("object", orNull(seen.object()))
                .put("oldObject", orNull(seen.oldObject()))
                .put("dryRun", Value.of(request.dryRun()))
                .put("options", orNull(request.options().isEmpty() ? null : request.options()));
        return ObjectValue.builder()
                .put("kind", "AdmissionReview")
                .put("apiVersion", GROUP + "/" + version)
                .put("request", out.build())
                .build();
    }

    private static Value orNull(@Nullable ObjectValue object) {
        return object == null ? Value.nul() : object;
    }

    private static void text(ObjectEditor out, String name, String value) {
        if (!value.isEmpty()) {
            out.put(name, value);
        }
    }
}
