// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Claims of devices: how many claims, and how many devices of each class at the most. */
final class DeviceClaimUsage implements Usage {
    private static final String COUNT = ObjectCount.nameOf("resourceclaims.resource.k8s.io");
    private static final String OF_CLASS = ".deviceclass.resource.k8s.io/devices";
    /** As many devices as a claim can get where it asks for all that there are. */
    private static final long ALL = 32;

    @Override
    public boolean handles(AdmissionRequest request) {
        return request.subresource().isEmpty()
                && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE);
    }

    @Override
    public List<String> matching(Set<String> names) {
        return names.stream()
                .filter(name -> name.equals(COUNT) || name.endsWith(OF_CLASS))
                .sorted()
                .toList();
    }

    @Override
    public Map<String, Quantity> of(ObjectValue claim) {
        Map<String, Long> devices = new TreeMap<>();
        for (ObjectValue request :
                claim.objectAt("spec", "devices").arrayOrEmpty("requests").objects()) {
            List<ObjectValue> choices = request.arrayOrEmpty("firstAvailable").objects();
            Map<String, Long> most = new TreeMap<>();
            if (choices.isEmpty()) {
                ObjectValue exactly = request.getObject("exactly");
                count(most, exactly == null ? request : exactly); // older versions have it in the request itself
            } else {
                choices.forEach(choice -> count(most, choice));
            }
            most.forEach((name, count) -> devices.merge(name, count, Long::sum));
        }
        Map<String, Quantity> out = new TreeMap<>();
        out.put(COUNT, ObjectCount.ONE);
        devices.forEach((name, count) -> out.put(name, Quantity.of(count, Quantity.Format.DECIMAL_SI)));
        return out;
    }

    private static void count(Map<String, Long> most, ObjectValue request) {
        String deviceClass = request.stringOrEmpty("deviceClassName");
        if (deviceClass.isEmpty()) {
            return;
        }
        long count = switch (request.stringOrEmpty("allocationMode")) {
            case "ExactCount" -> request.longOr("count", 0);
            case "All" -> ALL;
            default -> 0;
        };
        most.merge(deviceClass + OF_CLASS, count, Math::max);
    }
}
