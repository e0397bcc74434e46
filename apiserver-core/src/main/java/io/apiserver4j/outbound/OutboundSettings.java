// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen about calls to others. Immutable.
 *
 * @param services where services are reached; null for the cluster's own addresses, as the Service objects have them
 * @param local functions that answer in place of an address, by that address without query ({@code
 *     https://policy.local/validate}); a webhook's configuration names the same address in its {@code url} (or its service:
 *     {@code https://name.namespace.svc:port/path}), and no connection is made
 */
public record OutboundSettings(@Nullable ServiceResolver services, Map<String, LocalEndpoint> local) {
    /** Services by their cluster IPs, no local functions. */
    public static final OutboundSettings STANDARD = new OutboundSettings(null, Map.of());

    /** Copies the map, its addresses in the form in which they are looked up. */
    public OutboundSettings {
        Map<String, LocalEndpoint> byAddress = new HashMap<>();
        local.forEach((address, endpoint) -> byAddress.put(new CallTarget(address, null, "").address(), endpoint));
        local = Map.copyOf(byAddress);
    }

    /** These settings with another way to find services. */
    public OutboundSettings withServices(ServiceResolver resolver) {
        return new OutboundSettings(resolver, local);
    }

    /** These settings with a function that answers in place of an address. */
    public OutboundSettings withLocal(String address, LocalEndpoint endpoint) {
        Map<String, LocalEndpoint> more = new HashMap<>(local);
        more.put(address, endpoint);
        return new OutboundSettings(services, more);
    }
}
