// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate by which servers behind this one know it, so that they believe what it says of callers.
 *
 * @param chain its own certificate first; empty where it shows none
 * @param key the key of that certificate, or null
 */
public record FrontProxy(
        List<X509Certificate> chain, @Nullable PrivateKey key) {
    /** Shows nothing: servers behind this one take its callers as they take everybody. */
    public static final FrontProxy NONE = new FrontProxy(List.of(), null);

    private static final char[] NO_PASSWORD = {};

    /** Copies the chain. */
    public FrontProxy {
        chain = List.copyOf(chain);
    }

    KeyManager[] managers() throws GeneralSecurityException, IOException {
        if (key == null) {
            return new KeyManager[0];
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("front-proxy", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }
}
