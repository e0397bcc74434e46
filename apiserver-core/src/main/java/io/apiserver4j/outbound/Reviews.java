// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Base64;

/** Answers to review documents, for functions that stand in for webhooks and for tests that serve some. */
public final class Reviews {
    private Reviews() {}

    /** Lets the request of an AdmissionReview pass. */
    public static ObjectValue allow(ObjectValue review) {
        return answer(review, admission(review, true).build());
    }

    /** Refuses the request of an AdmissionReview with a code and a message. */
    public static ObjectValue deny(ObjectValue review, int code, String message) {
        ObjectValue status =
                ObjectValue.builder().put("code", code).put("message", message).build();
        return answer(review, admission(review, false).put("status", status).build());
    }

    /** Lets the request of an AdmissionReview pass with a JSON patch of its object; an empty one changes nothing. */
    public static ObjectValue patch(ObjectValue review, ArrayValue operations) {
        if (operations.isEmpty()) {
            return allow(review);
        }
        String patch = Base64.getEncoder().encodeToString(JsonWriter.toBytes(operations));
        return answer(
                review,
                admission(review, true)
                        .put("patchType", "JSONPatch")
                        .put("patch", patch)
                        .build());
    }

    /** Gives the objects of a ConversionReview in the version that it asks for, in the same order. */
    public static ObjectValue converted(ObjectValue review, ArrayValue objects) {
        return answer(
                review,
                ObjectValue.builder()
                        .put("uid", uid(review))
                        .put("result", ObjectValue.of("status", Value.of("Success")))
                        .put("convertedObjects", objects)
                        .build());
    }

    /** The answer with a text that the client of the request is warned with. */
    public static ObjectValue warn(ObjectValue answer, String warning) {
        return answer.update(
                "response",
                response -> response.with(
                        "warnings", response.arrayOrEmpty("warnings").plus(Value.of(warning))));
    }

    private static ObjectEditor admission(ObjectValue review, boolean allowed) {
        return ObjectValue.builder().put("uid", uid(review)).put("allowed", Value.of(allowed));
    }

    private static String uid(ObjectValue review) {
        return review.objectOrEmpty("request").stringOrEmpty("uid");
    }

    private static ObjectValue answer(ObjectValue review, ObjectValue response) {
        return ObjectValue.builder()
                .put("kind", review.stringOrEmpty("kind"))
                .put("apiVersion", review.stringOrEmpty("apiVersion"))
                .put("response", response)
                .build();
    }
}
