// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ServiceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service while what the server decides is put into it. Not safe for use by several threads. */
final class ServiceDraft {
    private static final List<String> ORDER = List.of(
            "ports",
            "selector",
            "clusterIP",
            "clusterIPs",
            "type",
            "externalIPs",
            "sessionAffinity",
            "loadBalancerIP",
            "loadBalancerSourceRanges",
            "externalName",
            "externalTrafficPolicy",
            "healthCheckNodePort",
            "publishNotReadyAddresses",
            "sessionAffinityConfig",
            "ipFamilies",
            "ipFamilyPolicy",
            "allocateLoadBalancerNodePorts",
            "loadBalancerClass",
            "internalTrafficPolicy",
            "trafficDistribution");

    private ServiceView service;

    ServiceDraft(ObjectValue service) {
        this.service = new ServiceView(service);
    }

    /** The service as it is now. */
    ServiceView view() {
        return service;
    }

    /** Puts a member of the specification, or takes it out. */
    void put(String name, @Nullable Value value) {
        ObjectValue spec = service.spec();
        ObjectValue changed = value == null ? spec.without(name) : MetadataOrder.put(spec, name, value, ORDER);
        service = new ServiceView(service.tree().with("spec", changed));
    }

    void clusterIp(String address) {
        put("clusterIP", address.isEmpty() ? null : Value.of(address));
    }

    void clusterIps(List<String> addresses) {
        put("clusterIPs", addresses.isEmpty() ? null : ArrayValue.ofStrings(addresses));
    }

    void ipFamilies(List<String> families) {
        put("ipFamilies", families.isEmpty() ? null : ArrayValue.ofStrings(families));
    }

    void ipFamilyPolicy(@Nullable String policy) {
        put("ipFamilyPolicy", policy == null ? null : Value.of(policy));
    }

    void healthCheckNodePort(int port) {
        put("healthCheckNodePort", port == 0 ? null : Value.of(port));
    }

    /** Sets the port on nodes of the service's port at a position; 0 for none. */
    void nodePort(int position, int nodePort) {
        ArrayValue ports = service.spec().arrayOrEmpty("ports");
        ObjectValue port = ports.objectAt(position);
        ObjectValue changed = nodePort == 0 ? port.without("nodePort") : port.with("nodePort", Value.of(nodePort));
        put("ports", ports.with(position, changed));
    }

    /** Takes the balancer's points out of the status. */
    void clearBalancer() {
        ObjectValue status = service.tree().objectOrEmpty("status");
        if (!status.objectOrEmpty("loadBalancer").isEmpty()) {
            service = new ServiceView(service.tree().with("status", status.with("loadBalancer", ObjectValue.EMPTY)));
        }
    }
}
