// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a client means that changes a service without saying all of it: the rules for fields that hang together. */
final class ServiceInference {
    private ServiceInference() {}

    /** What the server once gave and the client does not mention stays. */
    static void keepAllocated(ServiceDraft draft, ServiceView before) {
        if (draft.view().needsClusterIp() && before.needsClusterIp()) {
            if (draft.view().clusterIp().isEmpty()) {
                draft.clusterIp(before.clusterIp());
            }
            if (draft.view().clusterIps().isEmpty() && !before.clusterIps().isEmpty()) {
                draft.clusterIps(before.clusterIps());
            }
        }
        if (mayHaveNodePorts(draft.view()) && mayHaveNodePorts(before)) {
            keepNodePorts(draft, before);
        }
        if (draft.view().needsHealthCheckPort()
                && before.needsHealthCheckPort()
                && draft.view().healthCheckNodePort() == 0) {
            draft.healthCheckNodePort(before.healthCheckNodePort());
        }
    }

    private static boolean mayHaveNodePorts(ServiceView service) {
        return service.isType("NodePort")
                || service.isType("LoadBalancer")
                        && (!service.spec().has("allocateLoadBalancerNodePorts") || ServicePorts.given(service));
    }

    /** Ports keep by their names the ports on nodes that they had, unless another one has them now. */
    private static void keepNodePorts(ServiceDraft draft, ServiceView before) {
        Set<Integer> used = new HashSet<>(before.nodePorts());
        used.retainAll(draft.view().nodePorts());
        Map<String, Integer> byName = new HashMap<>();
        for (ObjectValue port : before.ports()) {
            byName.put(port.stringOrEmpty("name"), (int) port.longOr("nodePort", 0));
        }
        List<ObjectValue> ports = draft.view().ports();
        for (int i = 0; i < ports.size(); i++) {
            int old = byName.getOrDefault(ports.get(i).stringOrEmpty("name"), 0);
            if (ports.get(i).longOr("nodePort", 0) == 0 && old != 0 && !used.contains(old)) {
                draft.nodePort(i, old);
            }
        }
    }

    /** Clients that know one address only change clusterIP, or leave clusterIPs out. */
    static void alignAddresses(ServiceDraft draft, ServiceView before) {
        ServiceView service = draft.view();
        boolean sameFirst = service.clusterIp().equals(before.clusterIp());
        if (!before.clusterIps().isEmpty() && service.clusterIps().isEmpty() && sameFirst) {
            draft.clusterIps(before.clusterIps());
        }
        boolean sameAll = draft.view().clusterIps().equals(before.clusterIps());
        if (!sameFirst && sameAll) {
            boolean cleared = service.clusterIp().isEmpty();
            draft.clusterIps(cleared ? List.of() : List.of(service.clusterIp()));
        }
    }

    /** What the new type has no use for goes, where the client has not touched it. */
    static void dropUnused(ServiceDraft draft, ServiceView before) {
        if (before.needsClusterIp() && !draft.view().needsClusterIp()) {
            dropAddresses(draft, before);
        }
        if (ServicePorts.used(before)
                && !ServicePorts.used(draft.view())
                && before.nodePorts().containsAll(draft.view().nodePorts())) {
            for (int i = 0; i < draft.view().ports().size(); i++) {
                draft.nodePort(i, 0);
            }
        }
        if (before.needsHealthCheckPort()
                && !draft.view().needsHealthCheckPort()
                && before.healthCheckNodePort() == draft.view().healthCheckNodePort()) {
            draft.healthCheckNodePort(0);
        }
        if (before.isType("LoadBalancer") && !draft.view().isType("LoadBalancer")) {
            dropSame(draft, before, "allocateLoadBalancerNodePorts");
            dropSame(draft, before, "loadBalancerClass");
        }
        if (before.isExternallyAccessible() && !draft.view().isExternallyAccessible()) {
            dropSame(draft, before, "externalTrafficPolicy");
        }
        if (!draft.view().isType("LoadBalancer")) {
            draft.clearBalancer();
        }
    }

    private static void dropAddresses(ServiceDraft draft, ServiceView before) {
        ServiceView service = draft.view();
        if (service.clusterIp().equals(before.clusterIp())
                && service.clusterIps().equals(before.clusterIps())) {
            draft.clusterIp("");
            draft.clusterIps(List.of());
        }
        dropSame(draft, before, "ipFamilies");
        dropSame(draft, before, "ipFamilyPolicy");
    }

    private static void dropSame(ServiceDraft draft, ServiceView before, String member) {
        if (Objects.equals(draft.view().spec().get(member), before.spec().get(member))) {
            draft.put(member, null);
        }
    }
}
