// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.time.Instant;
import java.util.UUID;

/** The IPAddress that says which service has an address: what the real server's allocator writes. */
final class ServiceAddress {
    private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
    private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";

    private static final ObjectValue OWNED = ObjectValue.builder()
            .put(
                    "f:metadata",
                    ObjectValue.of(
                            "f:labels",
                            ObjectValue.builder()
                                    .put(".", ObjectValue.EMPTY)
                                    .put("f:" + FAMILY, ObjectValue.EMPTY)
                                    .put("f:" + MANAGED_BY, ObjectValue.EMPTY)
                                    .build()))
            .put(
                    "f:spec",
                    ObjectValue.of(
                            "f:parentRef",
                            ObjectValue.builder()
                                    .put(".", ObjectValue.EMPTY)
                                    .put("f:name", ObjectValue.EMPTY)
                                    .put("f:namespace", ObjectValue.EMPTY)
                                    .put("f:resource", ObjectValue.EMPTY)
                                    .build()))
            .build();

    private ServiceAddress() {}

    static ObjectValue of(IpAddress address, ServiceView owner, Instant now) {
        String time = Timestamp.format(now);
        return ObjectValue.builder()
                .put("kind", "IPAddress")
                .put("apiVersion", "networking.k8s.io/v1")
                .put(
                        "metadata",
                        ObjectValue.builder()
                                .put("name", address.toString())
                                .put("uid", UUID.randomUUID().toString())
                                .put("creationTimestamp", time)
                                .put(
                                        "labels",
                                        ObjectValue.builder()
                                                .put(FAMILY, AddressPool.familyOf(address))
                                                .put(MANAGED_BY, "ipallocator.k8s.io")
                                                .build())
                                .put("managedFields", ArrayValue.of(managed(time)))
                                .build())
                .put(
                        "spec",
                        ObjectValue.of(
                                "parentRef",
                                ObjectValue.builder()
                                        .put("resource", "services")
                                        .put("namespace", owner.meta().namespace())
                                        .put("name", owner.meta().name())
                                        .build()))
                .build();
    }

    private static ObjectValue managed(String time) {
        return ObjectValue.builder()
                .put("manager", "kube-apiserver")
                .put("operation", "Update")
                .put("apiVersion", "networking.k8s.io/v1")
                .put("time", time)
                .put("fieldsType", "FieldsV1")
                .put("fieldsV1", OWNED)
                .build();
    }
}
