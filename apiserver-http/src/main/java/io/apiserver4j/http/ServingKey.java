// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The certificate that clients see; each handshake looks it up anew, so it can be replaced under a running server. */
final class ServingKey extends X509ExtendedKeyManager {
    private static final int KEPT = 2;

    private record Pair(List<X509Certificate> chain, PrivateKey key, int number) {
        String alias() {
            return key.getAlgorithm() + "-" + number;
        }
    }

    /** The newest first; a handshake that began before a change finds the one that it began with behind it. */
    private volatile List<Pair> pairs;

    ServingKey(List<X509Certificate> chain, PrivateKey key) {
        pairs = List.of(pair(chain, key, 0));
    }

    synchronized void replace(List<X509Certificate> chain, PrivateKey key) {
        Pair newest = pairs.get(0);
        pairs = List.of(pair(chain, key, newest.number + 1), newest).subList(0, KEPT);
    }

    List<X509Certificate> chain() {
        return pairs.get(0).chain;
    }

    private static Pair pair(List<X509Certificate> chain, PrivateKey key, int number) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a serving certificate is needed");
        }
        return new Pair(List.copyOf(chain), key, number);
    }

    private @Nullable Pair find(@Nullable String alias) {
        for (Pair pair : pairs) {
            if (pair.alias().equals(alias)) {
                return pair;
            }
        }
        return null;
    }

    private @Nullable String choose(String keyType) {
        Pair newest = pairs.get(0);
        String algorithm = newest.key.getAlgorithm();
        // the JDK asks by the name of a key (TLS 1.3, EC, RSA) or of a signature (RSASSA-PSS, EC_EC, ...)
        boolean fits = keyType.startsWith(algorithm) || keyType.equals("RSASSA-PSS") && algorithm.equals("RSA");
        return fits ? newest.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Pair pair = find(alias);
        return pair == null ? null : pair.chain.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Pair pair = find(alias);
        return pair == null ? null : pair.key;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
