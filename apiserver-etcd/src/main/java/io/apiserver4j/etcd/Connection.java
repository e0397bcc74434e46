// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How etcd is reached: addresses and TLS, turned into a channel. */
final class Connection {

    private static final int DEFAULT_PORT = 2379;

    @Nullable
    Path authorities;

    @Nullable
    Path certificate;

    @Nullable
    Path key;

    ManagedChannel open(List<String> endpoints) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint of etcd is given");
        }
        List<String> addresses = new ArrayList<>();
        @Nullable Boolean tls = null;
        for (String endpoint : endpoints) {
            URI uri = URI.create(endpoint.contains("://") ? endpoint : "http://" + endpoint);
            boolean secure = "https".equals(uri.getScheme());
            if (!secure && !"http".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException("not an endpoint of etcd: " + endpoint);
            }
            if (tls != null && tls != secure) {
                throw new IllegalArgumentException("endpoints of etcd with and without TLS: " + endpoints);
            }
            tls = secure;
            addresses.add(uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
        }
        return Grpc.newChannelBuilder(
                        Endpoints.target(addresses),
                        Boolean.TRUE.equals(tls) ? tls() : InsecureChannelCredentials.create())
                .defaultLoadBalancingPolicy("round_robin")
                .disableServiceConfigLookUp()
                // A peer that is gone without a word is noticed after so long, as with the real server.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build();
    }

    private ChannelCredentials tls() {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        try {
            if (authorities != null) {
                tls.trustManager(authorities.toFile());
            }
            if (certificate != null && key != null) {
                tls.keyManager(certificate.toFile(), key.toFile());
            }
            return tls.build();
        } catch (IOException e) {
            throw new IllegalArgumentException("a PEM file for etcd cannot be read: " + e.getMessage(), e);
        }
    }
}
