// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate and its private key.
 *
 * @param chain the certificate first, those that signed it behind
 */
public record Credential(List<X509Certificate> chain, PrivateKey key) {
    /** Copies the chain. */
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certificate is needed");
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The chain as PEM text. */
    public String certificatePem() {
        return Pem.text(chain);
    }

    /** The key as PEM text. */
    public String keyPem() {
        return Pem.text(key, certificate().getPublicKey());
    }
}
