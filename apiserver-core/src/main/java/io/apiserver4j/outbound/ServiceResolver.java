// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.io.IOException;

/** Says where a service of the cluster is reached. Asked at each call, from many threads. */
@FunctionalInterface
public interface ServiceResolver {
    /**
     * Host and port to connect to; the other side must still prove by its certificate that it is {@code name.namespace.svc}.
     *
     * @throws IOException where the service can't be reached; its message is shown to clients
     */
    Address resolve(String namespace, String name, int port) throws IOException;

    /**
     * Where to connect to.
     *
     * @param host a name or an address
     */
    record Address(String host, int port) {}
}
