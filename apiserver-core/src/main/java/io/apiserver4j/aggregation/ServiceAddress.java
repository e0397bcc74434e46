// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.outbound.ServiceResolver;

/** Where a service is reached: host name or address, and port; its text is that of URLs. */
record ServiceAddress(String host, int port) {
    static ServiceAddress of(ServiceResolver.Address address) {
        return new ServiceAddress(address.host(), address.port());
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
