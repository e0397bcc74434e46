// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Services, and what they take of nodes and of the surroundings. */
final class ServiceUsage implements Usage {
    private static final String COUNT = ObjectCount.nameOf("services");
    private static final List<String> NAMES =
            List.of(COUNT, "services", "services.loadbalancers", "services.nodeports");

    @Override
    public boolean handles(AdmissionRequest request) {
        return request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    }

    @Override
    public List<String> matching(Set<String> names) {
        return NAMES.stream().filter(names::contains).toList();
    }

    @Override
    public Map<String, Quantity> of(ObjectValue service) {
        ObjectValue spec = service.objectOrEmpty("spec");
        List<ObjectValue> ports = spec.arrayOrEmpty("ports").objects();
        String type = spec.stringOrEmpty("type");
        long nodePorts = 0;
        if (type.equals("NodePort")) {
            nodePorts = ports.size();
        } else if (type.equals("LoadBalancer")) {
            Value allocates = spec.get("allocateLoadBalancerNodePorts");
            // ports are handed out later, so what is wanted is counted
            nodePorts = allocates != null && Boolean.FALSE.equals(allocates.asBoolean())
                    ? ports.stream()
                            .filter(port -> port.longOr("nodePort", 0) != 0)
                            .count()
                    : ports.size();
        }
        Map<String, Quantity> out = new TreeMap<>();
        out.put(COUNT, ObjectCount.ONE);
        out.put("services", ObjectCount.ONE);
        out.put("services.loadbalancers", type.equals("LoadBalancer") ? ObjectCount.ONE : Quantity.ZERO);
        out.put("services.nodeports", Quantity.of(nodePorts, Quantity.Format.DECIMAL_SI));
        return out;
    }
}
