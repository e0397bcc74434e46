// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

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
     * @param alone whether nobody else looks after the endpoints
     */
    public static void ensure(LocalClient client, String clusterIp, String address, int port, boolean alone) {
        if (client.get(NAMESPACE + "/services/kubernetes") == null) {
            client.create(NAMESPACE + "/services", service(clusterIp, port));
        }
        boolean reachable = alone && isReachable(address);
        if (reachable && client.get(NAMESPACE + "/endpoints/kubernetes") == null) {
            client.create(NAMESPACE + "/endpoints", endpoints(List.of(address), port));
        }
        if (reachable && client.get(SLICES + "/kubernetes") == null) {
            client.create(SLICES, slice(List.of(address), port));
        }
    }

    /** Whether others can reach an address, so that it is to be published. */
    public static boolean isReachable(String address) {
        return !address.startsWith("127.") && !address.equals("::1");
    }

    /** Writes down where the servers are, where that is not written yet. */
    static void publish(LocalClient client, Collection<String> addresses, int port) {
        replace(client, NAMESPACE + "/endpoints", endpoints(addresses, port), "subsets");
        replace(client, SLICES, slice(addresses, port), "endpoints");
    }

    private static void replace(LocalClient client, String collection, ObjectValue wanted, String member) {
        ObjectValue found = client.get(collection + "/kubernetes");
        if (found == null) {
            client.create(collection, wanted);
        } else if (!addresses(found, member).equals(addresses(wanted, member))) {
            ObjectValue changed = found.with(member, wanted.arrayOrEmpty(member));
            client.update(collection + "/kubernetes", changed);
        }
    }

    private static List<String> addresses(ObjectValue object, String member) {
        List<String> out = new ArrayList<>();
        for (ObjectValue one : objects(object, member)) {
            objects(one, "addresses").forEach(address -> out.add(address.stringOrEmpty("ip")));
            out.addAll(one.arrayOrEmpty("addresses").strings());
        }
        return out;
    }

    static List<ObjectValue> objects(ObjectValue object, String member) {
        List<ObjectValue> out = new ArrayList<>();
        for (Value value : object.arrayOrEmpty(member)) {
            ObjectValue one = value.asObject();
            if (one != null) {
                out.add(one);
            }
        }
        return out;
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

    private static ObjectValue endpoints(Collection<String> addresses, int port) {
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
                        array(addresses, address -> ObjectValue.of("ip", Value.of(address))),
                        "ports",
                        ArrayValue.of(https))));
    }

    private static ObjectValue slice(Collection<String> addresses, int port) {
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
                .put("addressType", addresses.iterator().next().indexOf(':') < 0 ? "IPv4" : "IPv6")
                .put(
                        "endpoints",
                        array(
                                addresses,
                                address -> ObjectValue.of(
                                        "addresses",
                                        ArrayValue.of(Value.of(address)),
                                        "conditions",
                                        ObjectValue.of("ready", Value.of(true)))))
                .put("ports", ArrayValue.of(https))
                .build();
    }

    private static ArrayValue array(Collection<String> addresses, Function<String, ObjectValue> form) {
        return ArrayValue.of(addresses.stream().map(form).toArray(Value[]::new));
    }
}
