// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.discovery.DiscoveryEndpoint;
import io.apiserver4j.resource.LiveCatalog;

/** What is served at paths that name no resource. */
final class FixedPaths {
    private FixedPaths() {}

    static Surface surface(LiveCatalog catalog, ApiServerSettings settings) {
        DiscoveryEndpoint discovery = new DiscoveryEndpoint(
                catalog, () -> settings.advertiseAddress() + ":" + settings.securePort());
        return new Surface.Builder()
                .path("/api", discovery)
                .path("/apis", discovery)
                .below("/api/", discovery)
                .below("/apis/", discovery)
                .build();
    }
}
