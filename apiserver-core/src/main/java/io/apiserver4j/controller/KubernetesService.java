// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** The service by which the members of a cluster find the server, and its endpoints. */
public final class KubernetesService {
    private static final String NAMESPACE = "/api/v1/namespaces/default";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    private KubernetesService() {}

    /**
     * Makes what is missing.
     *
     * @param clusterIp the first address of the service range
     * @param address where the server is reached
     * @param port the port it listens on
     */
    public static void ensure(LocalClient client, String clusterIp, String address, int port) {
        if (client.get(NAMESPACE + "/services/kubernetes") == null) {
            client.create(NAMESPACE + "/services", service(clusterIp, port));
        }
        boolean reachable = !address.startsWith("127.") && !address.equals("::1");
        if (reachable && client.get(NAMESPACE + "/endpoints/kubernetes") == null) {
            client.create(NAMESPACE + "/endpoints", endpoints(address, port));
        }
        if (reachable && client.get(SLICES + "/kubernetes") == null) {
            client.create(SLICES, slice(address, port));
        }
    }

    private static ObjectValue service(String clusterIp, int port) {
        ObjectValue https = ObjectValue.builder()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", 443)
                .put("targetPort", port)
                .build();
        return ObjectValue.of(
                "metadata",
                ObjectValue.of(
                        "name",
                        Value.of("kubernetes"),
                        "labels",
                        ObjectValue.of("component", Value.of("apiserver"), "provider", Value.of("kubernetes"))),
                "spec",
                ObjectValue.builder()
                        .put("ports", ArrayValue.of(https))
                        .put("clusterIP", clusterIp)
                        .put("sessionAffinity", "None")
                        .put("type", "ClusterIP")
                        .build());
    }

    private static ObjectValue endpoints(String address, int port) {
        ObjectValue https = ObjectValue.builder()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP")
                .build();
        return ObjectValue.of(
                "metadata",
                ObjectValue.of(
                        "name",
                        Value.of("kubernetes"),
                        "labels",
                        ObjectValue.of("endpointslice.kubernetes.io/skip-mirror", Value.of("true"))),
                "subsets",
                ArrayValue.of(ObjectValue.of(
                        "addresses",
                        ArrayValue.of(ObjectValue.of("ip", Value.of(address))),
                        "ports",
                        ArrayValue.of(https))));
    }

    private static ObjectValue slice(String address, int port) {
        ObjectValue https = ObjectValue.builder()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP")
                .build();
        return ObjectValue.builder()
                .put(
                        "metadata",
                        ObjectValue.of(
                                "name",
                                Value.of("kubernetes"),
                                "labels",
                                ObjectValue.of("kubernetes.io/service-name", Value.of("kubernetes"))))
                .put("addressType", address.indexOf(':') < 0 ? "IPv4" : "IPv6")
                .put(
                        "endpoints",
                        ArrayValue.of(ObjectValue.of(
                                "addresses",
                                ArrayValue.of(Value.of(address)),
                                "conditions",
                                ObjectValue.of("ready", Value.of(true)))))
                .put("ports", ArrayValue.of(https))
                .build();
    }
}
