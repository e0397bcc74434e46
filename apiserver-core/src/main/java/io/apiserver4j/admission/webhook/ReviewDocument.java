// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
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
                .put("kind", kind(seen.kind()))
                .put("resource", resource(seen.resource()));
        text(out, "subResource", seen.subresource());
        out.put("requestKind", kind(request.kind())).put("requestResource", resource(request.resource()));
        text(out, "requestSubResource", request.subresource());
        text(out, "name", request.name());
        text(out, "namespace", request.seenNamespace());
        out.put("operation", request.operation().name())
                .put("userInfo", user(request.identity()))
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

    private static ObjectValue kind(Kind kind) {
        return ObjectValue.builder()
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.kind())
                .build();
    }

    private static ObjectValue resource(Resource resource) {
        return ObjectValue.builder()
                .put("group", resource.group())
                .put("version", resource.version())
                .put("resource", resource.resource())
                .build();
    }

    private static ObjectValue user(Identity identity) {
        ObjectEditor out = ObjectValue.builder();
        text(out, "username", identity.user());
        text(out, "uid", identity.uid());
        if (!identity.groups().isEmpty()) {
            out.put("groups", ArrayValue.ofStrings(identity.groups()));
        }
        if (!identity.extra().isEmpty()) {
            ObjectEditor extra = ObjectValue.builder();
            for (Map.Entry<String, java.util.List<String>> one :
                    identity.extra().entrySet()) {
                extra.put(one.getKey(), ArrayValue.ofStrings(one.getValue()));
            }
            out.put("extra", extra.build().sorted());
        }
        return out.build();
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
