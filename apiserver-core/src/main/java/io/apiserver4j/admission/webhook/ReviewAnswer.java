// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook answered, checked.
 *
 * @param patch the patch's text; empty where nothing is to be changed
 * @param result the Status of a refusal, or null
 */
record ReviewAnswer(
        boolean allowed,
        byte[] patch,
        String patchType,
        @Nullable ObjectValue result,
        List<String> warnings,
        Map<String, String> annotations) {
    private static final byte[] NOTHING = new byte[0];

    /** An answer that breaks the rules; the message tells which. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message, null, false, false);
        }
    }

    /** Takes the answer to a review of a version and uid; what v1 checks was never checked in v1beta1. */
    static ReviewAnswer of(ObjectValue review, String version, String uid, boolean mutating) {
        ObjectValue response = member(review, "response");
        if (response == null) {
            throw new BrokenException("webhook response was absent");
        }
        String said = text(response, "uid", "");
        String patchType = response.has("patchType") ? text(response, "patchType", "") : "";
        boolean typed = response.has("patchType") && !isNull(response, "patchType");
        byte[] patch = patch(response);
        if (version.equals("v1")) {
            if (!said.equals(uid)) {
                throw new BrokenException("expected response.uid=" + GoText.quote(uid) + ", got " + GoText.quote(said));
            }
            Kind expected = new Kind(ReviewDocument.GROUP, version, "AdmissionReview");
            Kind kind = Kind.of(review);
            if (!kind.equals(expected)) {
                throw new BrokenException("expected webhook response of " + expected + ", got " + kind);
            }
            checkPatch(patch, typed, patchType, mutating);
        } else {
            patchType = "JSONPatch";
        }
        return new ReviewAnswer(
                isTrue(response, "allowed"),
                mutating ? patch : NOTHING,
                patchType,
                response.getObject("status"),
                response.arrayOrEmpty("warnings").strings(),
                response.objectOrEmpty("auditAnnotations").strings());
    }

    private static void checkPatch(byte[] patch, boolean typed, String patchType, boolean mutating) {
        if (mutating) {
            if (patch.length > 0 && !typed) {
                throw new BrokenException("webhook returned response.patch but not response.patchType");
            }
            if (patch.length == 0 && typed) {
                throw new BrokenException("webhook returned response.patchType but not response.patch");
            }
            if (typed && patchType.isEmpty()) {
                throw new BrokenException("webhook returned invalid response.patchType of \"\"");
            }
        } else if (patch.length > 0) {
            throw new BrokenException("validating webhook may not return response.patch");
        } else if (typed) {
            throw new BrokenException("validating webhook may not return response.patchType");
        }
    }

    private static @Nullable ObjectValue member(ObjectValue review, String name) {
        Value value = review.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            throw mismatch(value, "AdmissionReview." + name, "v1.AdmissionResponse");
        }
        return object;
    }

    private static boolean isNull(ObjectValue object, String name) {
        Value value = object.get(name);
        return value == null || value.isNull();
    }

    private static String text(ObjectValue response, String name, String otherwise) {
        Value value = response.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        String text = value.asString();
        if (text == null) {
            throw mismatch(value, "AdmissionResponse.response." + name, "string");
        }
        return text;
    }

    private static boolean isTrue(ObjectValue response, String name) {
        Value value = response.get(name);
        Boolean said = value == null ? null : value.asBoolean();
        if (value != null && said == null && !value.isNull()) {
            throw mismatch(value, "AdmissionResponse.response." + name, "bool");
        }
        return said != null && said;
    }

    private static byte[] patch(ObjectValue response) {
        String text = text(response, "patch", "");
        if (text.isEmpty()) {
            return NOTHING;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BrokenException("illegal base64 data in response.patch");
        }
    }

    private static BrokenException mismatch(Value value, String field, String type) {
        return new BrokenException(
                "json: cannot unmarshal " + value.typeName() + " into Go struct field " + field + " of type " + type);
    }
}
