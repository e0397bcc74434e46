// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/** Rules of addresses in fields of several kinds, with Kubernetes' texts. */
public final class AddressRules {
    private AddressRules() {}

    /**
     * An address of an older field; what was there before may stay as it is.
     *
     * @param known the values that the kept object has in such fields
     * @return true where nothing is wrong
     */
    public static boolean legacyIp(ValuePath path, String value, List<String> known, FieldErrors errors) {
        List<String> problems = known.contains(value) ? List.of() : IpRules.legacyIp(value, true);
        errors.invalidAll(path, value, problems);
        return problems.isEmpty();
    }

    /** A network of an older field, as {@link #legacyIp}. */
    public static boolean legacyCidr(ValuePath path, String value, List<String> known, FieldErrors errors) {
        List<String> problems = known.contains(value) ? List.of() : IpRules.legacyCidr(value, true);
        errors.invalidAll(path, value, problems);
        return problems.isEmpty();
    }

    /** The addresses of a load balancer's points. */
    public static List<String> balancerIps(List<ObjectValue> points) {
        return points.stream()
                .map(point -> point.stringOrEmpty("ip"))
                .filter(ip -> !ip.isEmpty())
                .toList();
    }

    /** What clients are told of the addresses of a load balancer's points in {@code status.loadBalancer.ingress}. */
    public static List<String> balancerWarnings(ObjectValue object) {
        List<ObjectValue> points = object.objectAt("status", "loadBalancer")
                .arrayOrEmpty("ingress")
                .objects();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ValuePath path = ValuePath.of("status", "loadBalancer", "ingress").index(i);
            out.addAll(IpRules.ipWarnings(path, points.get(i).stringOrEmpty("ip")));
        }
        return out;
    }

    /** The name of a load balancer's point; nothing where it has none. */
    public static void balancerName(ValuePath path, String name, FieldErrors errors) {
        if (!name.isEmpty()) {
            errors.invalidAll(path, name, NameRules.dns1123Subdomain(name));
            notAnAddress(path, name, errors);
        }
    }

    /** A name that must not look like an address. */
    public static void notAnAddress(ValuePath path, String name, FieldErrors errors) {
        if (IpAddress.parse(name) != null) {
            errors.invalid(path, name, "must be a DNS name, not an IP address");
        }
    }

    /** An address that traffic can be sent to. */
    public static void endpointIp(ValuePath path, String value, FieldErrors errors) {
        IpAddress address = IpAddress.parse(value);
        if (address == null) {
            errors.invalid(path, value, "must be a valid IP address");
            return;
        }
        if (address.isUnspecified()) {
            errors.invalid(path, value, "may not be unspecified (" + value + ")");
        }
        if (address.isLoopback()) {
            errors.invalid(path, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalUnicast()) {
            errors.invalid(path, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isLinkLocalMulticast()) {
            errors.invalid(path, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }
}
