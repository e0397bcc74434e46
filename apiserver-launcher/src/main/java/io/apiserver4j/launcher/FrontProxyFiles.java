// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Pem;
import io.apiserver4j.server.ApiServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The certificate and key by which servers of aggregated groups know this one; both or none. */
record FrontProxyFiles(@Nullable Path certificate, @Nullable Path key) {
    /**
     * Gives them to a server that is being built.
     *
     * @throws Refusal where a file can't be read or understood
     */
    void applyTo(ApiServer.Builder server) throws Refusal {
        if (certificate == null || key == null) {
            return;
        }
        String chain = SystemErrors.read(certificate);
        String secret = SystemErrors.read(key);
        try {
            server.frontProxy(Pem.certificates(chain), Pem.privateKey(secret));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("failed to load the proxy client certificate: tls: " + e.getMessage());
        }
    }
}
