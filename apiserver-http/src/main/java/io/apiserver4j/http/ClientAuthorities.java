// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Names the authorities whose client certificates are wanted, and takes any: the server's authenticators verify the chain
 * and answer 401 where the handshake could only break off.
 */
final class ClientAuthorities extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> signers;

    ClientAuthorities(List<X509Certificate> signers) {
        this.signers = List.copyOf(signers);
    }

    void replace(List<X509Certificate> changed) {
        signers = List.copyOf(changed);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return signers.toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("serves only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("serves only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("serves only");
    }
}
