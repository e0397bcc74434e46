// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ports on nodes: those that a service asks for, any others where it needs some. */
final class ServicePorts {
    private static final ValuePath PORTS = ValuePath.of("spec", "ports");

    private ServicePorts() {}

    /** True for the types that may have ports on nodes. */
    static boolean used(ServiceView service) {
        return service.isType("NodePort") || service.isType("LoadBalancer");
    }

    /** True where ports that are not asked for are given. */
    static boolean given(ServiceView service) {
        return service.isType("NodePort")
                || service.isType("LoadBalancer") && service.spec().isTrue("allocateLoadBalancerNodePorts");
    }

    /** Takes the ports of a new service; the same port of two protocols gets the same port on nodes. */
    static void fill(ServiceDraft draft, Taking taking) {
        Map<Long, Integer> byPort = new HashMap<>();
        List<ObjectValue> ports = draft.view().ports();
        for (int i = 0; i < ports.size(); i++) {
            long port = ports.get(i).longOr("port", 0);
            int asked = nodePort(ports.get(i));
            if (asked == 0 && !given(draft.view())) {
                continue;
            }
            Integer known = byPort.get(port);
            if (known == null) {
                int wanted = wanted(ports, port);
                if (wanted != 0) {
                    take(draft, i, wanted, taking);
                }
                int taken = wanted != 0 ? wanted : any(taking);
                draft.nodePort(i, taken);
                byPort.put(port, taken);
            } else if (asked == 0) {
                draft.nodePort(i, known);
            } else if (asked != known) {
                take(draft, i, asked, taking);
            }
        }
    }

    private static int nodePort(ObjectValue port) {
        return (int) port.longOr("nodePort", 0);
    }

    /** The port on nodes that is asked for anywhere for this port, or 0. */
    private static int wanted(List<ObjectValue> ports, long number) {
        for (ObjectValue port : ports) {
            if (port.longOr("port", 0) == number && nodePort(port) != 0) {
                return nodePort(port);
            }
        }
        return 0;
    }

    private static void take(ServiceDraft draft, int position, int nodePort, Taking taking) {
        String problem = taking.port(nodePort);
        if (problem != null) {
            throw ServiceAllocation.invalid(
                    draft.view(), errors -> errors.invalid(PORTS.index(position).field("nodePort"), nodePort, problem));
        }
    }

    private static int any(Taking taking) {
        int port = taking.anyPort();
        if (port == 0) {
            throw Status.internalError("failed to allocate a nodePort: range is full")
                    .asException();
        }
        return port;
    }

    /** Takes the port for health checks. */
    static void healthCheck(ServiceDraft draft, Taking taking) {
        int asked = draft.view().healthCheckNodePort();
        if (asked != 0) {
            String problem = taking.port(asked);
            if (problem != null) {
                throw Status.internalError(
                                "failed to allocate requested HealthCheck NodePort " + asked + ": " + problem)
                        .asException();
            }
            return;
        }
        int any = taking.anyPort();
        if (any == 0) {
            throw Status.internalError("failed to allocate a HealthCheck NodePort 0: range is full")
                    .asException();
        }
        draft.healthCheckNodePort(any);
    }

    /** Takes the new ports of a changed service and leaves those that it no longer has. */
    static void change(ServiceDraft draft, ServiceView before, Taking taking) {
        if (used(before) && !used(draft.view())) {
            before.nodePorts().forEach(taking::leavePort);
        }
        if (used(draft.view())) {
            replace(draft, before, taking);
        }
        boolean needed = before.needsHealthCheckPort();
        boolean needs = draft.view().needsHealthCheckPort();
        if (!needed && needs) {
            healthCheck(draft, taking);
        } else if (needed && !needs) {
            taking.leavePort(before.healthCheckNodePort());
        }
    }

    private record Used(String protocol, int nodePort) {}

    private static void replace(ServiceDraft draft, ServiceView before, Taking taking) {
        List<Integer> old = before.nodePorts();
        Set<Used> seen = new HashSet<>();
        Set<Integer> taken = new HashSet<>();
        List<ObjectValue> ports = draft.view().ports();
        for (int i = 0; i < ports.size(); i++) {
            int nodePort = nodePort(ports.get(i));
            if (nodePort == 0 && !given(draft.view())) {
                continue;
            }
            if (nodePort == 0) {
                nodePort = any(taking);
                draft.nodePort(i, nodePort);
            } else if (!old.contains(nodePort) && taken.add(nodePort)) {
                take(draft, i, nodePort, taking);
            }
            String protocol = ports.get(i).stringOrEmpty("protocol");
            if (!seen.add(new Used(protocol, nodePort))) {
                throw Status.plain("duplicate nodePort: {" + protocol + " " + nodePort + "}")
                        .asException();
            }
        }
        List<Integer> now = draft.view().nodePorts();
        for (int port : old) {
            if (!now.contains(port)) {
                taking.leavePort(port);
            }
        }
    }
}
