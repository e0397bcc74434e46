// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** The range of cluster IPs that the server was started with, as an object. */
public final class DefaultServiceRange {
    private static final String COLLECTION = "/apis/networking.k8s.io/v1/servicecidrs";

    private DefaultServiceRange() {}

    /** Makes the object where it is missing, and says that it is ready. */
    public static void ensure(LocalClient client, List<String> ranges, String now) {
        if (client.get(COLLECTION + "/kubernetes") != null) {
            return;
        }
        LocalClient.Answer made = client.create(
                COLLECTION,
                ObjectValue.of(
                        "metadata",
                        ObjectValue.of("name", Value.of("kubernetes")),
                        "spec",
                        ObjectValue.of("cidrs", ArrayValue.ofStrings(ranges))));
        if (made.isSuccess()) {
            ObjectValue ready = ObjectValue.builder()
                    .put("type", "Ready")
                    .put("status", "True")
                    .put("lastTransitionTime", now)
                    .put("reason", "")
                    .put("message", "Kubernetes Service CIDR is ready")
                    .build();
            client.update(
                    COLLECTION + "/kubernetes/status",
                    made.body().with("status", ObjectValue.of("conditions", ArrayValue.of(ready))));
        }
    }
}
