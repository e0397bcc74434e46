// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service outside of the cluster, as the current context of a kubeconfig names it. Immutable.
 *
 * @param server the address that is posted to
 * @param authorities PEM certificates that it must be trusted by; empty for the system's authorities
 * @param trusting true where any certificate of it is taken
 * @param serverName the name that its certificate must have; empty for the host of the address
 * @param chain the certificates that are shown to it; empty for none
 * @param key the key of the first of these, or null
 * @param authorization what is sent as {@code Authorization}; empty for nothing
 * @param patience how long an answer may take
 * @param pause how long to wait before a second try; each further one waits half as long again
 */
public record RemoteSettings(
        String server,
        String authorities,
        boolean trusting,
        String serverName,
        List<X509Certificate> chain,
        @Nullable PrivateKey key,
        String authorization,
        Duration patience,
        Duration pause) {
    /** How long an answer may take where nobody says. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long kube-apiserver waits before its second try. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    /** Copies the list. */
    public RemoteSettings {
        chain = List.copyOf(chain);
    }

    /** A service that is trusted by the system's authorities and shown nothing. */
    public static RemoteSettings of(String server) {
        return new RemoteSettings(server, "", false, "", List.of(), null, "", PATIENCE, PAUSE);
    }

    /** These settings with other times. */
    public RemoteSettings within(Duration newPatience, Duration newPause) {
        return new RemoteSettings(
                server, authorities, trusting, serverName, chain, key, authorization, newPatience, newPause);
    }

    /** Tells no secret. */
    @Override
    public String toString() {
        return "RemoteSettings[" + server + "]";
    }
}
