// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.discovery;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Rules of the endpoints of a slice. */
final class EndpointRules {
    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_ADDRESSES = 100;
    private static final int MOST_HINTS = 8;

    private EndpointRules() {}

    /** All rules but those of {@link #counts}. */
    static void each(List<ObjectValue> endpoints, String type, ValuePath path, FieldErrors errors) {
        if (endpoints.size() > MOST_ENDPOINTS) {
            errors.tooMany(path, endpoints.size(), MOST_ENDPOINTS);
            return;
        }
        for (int i = 0; i < endpoints.size(); i++) {
            endpoint(endpoints.get(i), type, path.index(i), errors);
        }
    }

    /** How many addresses an endpoint has. */
    static void counts(List<ObjectValue> endpoints, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < endpoints.size(); i++) {
            int count = endpoints.get(i).arrayOrEmpty("addresses").size();
            ValuePath addresses = path.index(i).field("addresses");
            if (count == 0) {
                errors.required(addresses, "");
            } else if (count > MOST_ADDRESSES) {
                errors.tooMany(addresses, count, MOST_ADDRESSES);
            }
        }
    }

    private static void endpoint(ObjectValue endpoint, String type, ValuePath path, FieldErrors errors) {
        List<String> addresses = endpoint.arrayOrEmpty("addresses").strings();
        for (int i = 0; i < addresses.size(); i++) {
            address(addresses.get(i), type, path.field("addresses"), i, errors);
        }
        String node = endpoint.getString("nodeName");
        if (node != null) {
            errors.invalidAll(path.field("nodeName"), node, NameRules.dns1123Subdomain(node));
        }
        String hostname = endpoint.getString("hostname");
        if (hostname != null) {
            errors.invalidAll(path.field("hostname"), hostname, NameRules.dns1123Label(hostname));
        }
        ObjectValue hints = endpoint.getObject("hints");
        if (hints != null && hints(hints, "forZones", NameRules::labelValue, path.field("hints"), errors)) {
            hints(hints, "forNodes", NameRules::dns1123Subdomain, path.field("hints"), errors);
        }
    }

    private static void address(String address, String type, ValuePath path, int position, FieldErrors errors) {
        ValuePath own = path.index(position);
        switch (type) {
            case "IPv4" -> {
                if (AddressRules.legacyIp(own, address, List.of(), errors)) {
                    ofFamily(address, true, path, own, errors);
                }
            }
            case "IPv6" -> {
                List<String> problems = IpRules.ip(address);
                errors.invalidAll(own, address, problems);
                if (problems.isEmpty()) {
                    ofFamily(address, false, path, own, errors);
                }
            }
            case "FQDN" -> FieldRules.fullyQualifiedDomainName(own, address, errors);
            default -> {}
        }
    }

    private static void ofFamily(String address, boolean ipv4, ValuePath all, ValuePath own, FieldErrors errors) {
        IpAddress parsed = IpAddress.parse(address);
        if (parsed != null && parsed.isIpv4() != ipv4) {
            errors.invalid(all, address, "must be an " + (ipv4 ? "IPv4" : "IPv6") + " address");
        }
        AddressRules.endpointIp(own, address, errors);
    }

    /** Hints of one sort; false where there are so many that nothing else is looked at. */
    private static boolean hints(
            ObjectValue hints, String member, Function<String, List<String>> rule, ValuePath path, FieldErrors errors) {
        List<ObjectValue> all = hints.arrayOrEmpty(member).objects();
        ValuePath list = path.field(member);
        if (all.size() > MOST_HINTS) {
            errors.tooMany(list, all.size(), MOST_HINTS);
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).stringOrEmpty("name");
            ValuePath own = list.index(i).field("name");
            if (!seen.add(name)) {
                errors.duplicate(own, name);
            }
            errors.invalidAll(own, name, rule.apply(name));
        }
        return true;
    }
}
