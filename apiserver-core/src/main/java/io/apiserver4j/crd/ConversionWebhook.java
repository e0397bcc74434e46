// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.outbound.CallException;
import io.apiserver4j.outbound.CallLimits;
import io.apiserver4j.outbound.CallTarget;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Converts objects between versions by asking the webhook of their definition (k8s.io/apiextensions-apiserver
 * pkg/apiserver/conversion). What comes back may change labels and annotations, and nothing else of metadata.
 */
final class ConversionWebhook {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 256 << 20;
    private static final String GROUP = "apiextensions.k8s.io";

    private final Outbound outbound;
    private final CallTarget target;
    private final List<String> reviewVersions;

    /** The webhook of {@code spec.conversion.webhook}. */
    ConversionWebhook(Outbound outbound, ObjectValue webhook) {
        this.outbound = outbound;
        target = CallTarget.of(webhook.objectOrEmpty("clientConfig"));
        reviewVersions = webhook.arrayOrEmpty("conversionReviewVersions").strings();
    }

    /** Threads that may wait for answers. */
    Executor executor() {
        return outbound.executor();
    }

    /**
     * The objects in another version, in their order.
     *
     * @throws ApiException 500 where the webhook does not do it
     */
    List<ObjectValue> convert(List<ObjectValue> objects, String apiVersion) {
        Kind kind = Kind.of(objects.get(0));
        List<ObjectValue> converted = ask(objects, apiVersion, kind);
        if (converted.size() != objects.size()) {
            throw failed("conversion for " + kind + " returned " + converted.size() + " objects, expected "
                    + objects.size());
        }
        List<ObjectValue> out = new ArrayList<>(objects.size());
        for (int i = 0; i < objects.size(); i++) {
            try {
                out.add(ConvertedObjects.checked(objects.get(i), converted.get(i), apiVersion));
            } catch (ConvertedObjects.BrokenException e) {
                throw failed("conversion for " + kind + " returned invalid " + e.what() + " at index " + (i + 1) + ": "
                        + e.getMessage());
            }
        }
        return out;
    }

    private List<ObjectValue> ask(List<ObjectValue> objects, String apiVersion, Kind kind) {
        String uid = UUID.randomUUID().toString();
        String version = reviewVersions.stream()
                .filter(one -> one.equals("v1") || one.equals("v1beta1"))
                .findFirst()
                .orElseThrow(() -> failed("no supported conversion review versions"));
        ObjectValue review = ObjectValue.builder()
                .put("kind", "ConversionReview")
                .put("apiVersion", GROUP + "/" + version)
                .put(
                        "request",
                        ObjectValue.builder()
                                .put("uid", uid)
                                .put("desiredAPIVersion", apiVersion)
                                .put("objects", ArrayValue.of(objects))
                                .build())
                .build();
        try {
            CallLimits limits = new CallLimits(PATIENCE, true, new Cancellation(), MAX_ANSWER);
            return objects(outbound.post(target, review, limits), version, uid);
        } catch (CallException | ConvertedObjects.BrokenException e) {
            throw failed("conversion webhook for " + kind + " failed: " + e.getMessage());
        }
    }

    private static List<ObjectValue> objects(ObjectValue review, String version, String uid) {
        ObjectValue response = review.getObject("response");
        boolean strict = version.equals("v1"); // v1beta1 never looked at kind and uid
        Kind expected = new Kind(GROUP, version, "ConversionReview");
        if (strict && !Kind.of(review).equals(expected)) {
            throw broken("expected webhook response of " + expected + ", got " + Kind.of(review));
        }
        if (response == null) {
            throw broken("no response provided");
        }
        String said = response.stringOrEmpty("uid");
        if (strict && !said.equals(uid)) {
            throw broken("expected response.uid=" + GoText.quote(uid) + ", got " + GoText.quote(said));
        }
        ObjectValue result = response.objectOrEmpty("result");
        if (!result.stringOrEmpty("status").equals("Success")) {
            String message = result.stringOrEmpty("message");
            throw broken(
                    message.isEmpty()
                            ? "response.result.status was '" + result.stringOrEmpty("status") + "', not 'Success'"
                            : message);
        }
        List<ObjectValue> out = new ArrayList<>();
        for (Value value : response.arrayOrEmpty("convertedObjects")) {
            ObjectValue object = value.asObject();
            out.add(object == null ? ObjectValue.EMPTY : object);
        }
        return out;
    }

    private static ConvertedObjects.BrokenException broken(String message) {
        return new ConvertedObjects.BrokenException("", message);
    }

    private static ApiException failed(String message) {
        return Status.plain(message).asException();
    }
}
