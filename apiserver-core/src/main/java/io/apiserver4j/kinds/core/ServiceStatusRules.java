// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.List;

/** Rules of a service's status: the points where its load balancer can be reached. */
final class ServiceStatusRules {
    private static final ValuePath POINTS = ValuePath.of("status", "loadBalancer", "ingress");
    private static final List<String> MODES = List.of("Proxy", "VIP");

    private ServiceStatusRules() {}

    static void check(ServiceView service, ServiceView before, FieldErrors errors) {
        List<ObjectValue> points = points(service);
        if (!service.isType("LoadBalancer") && !points.isEmpty()) {
            errors.forbidden(POINTS, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        List<String> known = AddressRules.balancerIps(points(before));
        for (int i = 0; i < points.size(); i++) {
            point(points.get(i), known, POINTS.index(i), errors);
        }
    }

    private static List<ObjectValue> points(ServiceView service) {
        return service.tree()
                .objectAt("status", "loadBalancer")
                .arrayOrEmpty("ingress")
                .objects();
    }

    private static void point(ObjectValue point, List<String> known, ValuePath path, FieldErrors errors) {
        String ip = point.stringOrEmpty("ip");
        if (!ip.isEmpty()) {
            AddressRules.legacyIp(path.field("ip"), ip, known, errors);
        }
        String mode = point.getString("ipMode");
        ValuePath modePath = path.field("ipMode");
        if (mode == null) {
            if (!ip.isEmpty()) {
                errors.required(modePath, "must be specified when `ip` is set");
            }
        } else if (ip.isEmpty()) {
            errors.forbidden(modePath, "may not be specified when `ip` is not set");
        } else if (!MODES.contains(mode)) {
            errors.notSupportedShown(modePath, FieldErrors.json(mode), MODES);
        }
        AddressRules.balancerName(path.field("hostname"), point.stringOrEmpty("hostname"), errors);
    }
}
