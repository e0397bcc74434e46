// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what a bundle of authorities vouches for under one server name. Refuses in the order and with the words of Go's
 * verifier: time, name, chain.
 */
final class BundleTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager chain;
    private final String serverName;

    private BundleTrust(X509ExtendedTrustManager chain, String serverName) {
        this.chain = chain;
        this.serverName = serverName;
    }

    /** Trust by PEM certificates in base64, by the system's authorities where there are none. */
    static BundleTrust of(String caBundle, String serverName) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(caBundle.isEmpty() ? null : store(caBundle));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return new BundleTrust(extended, serverName);
            }
        }
        throw new GeneralSecurityException("no trust manager for certificates");
    }

    private static @Nullable KeyStore store(String caBundle) throws GeneralSecurityException, IOException {
        byte[] pem;
        try {
            pem = Base64.getMimeDecoder().decode(caBundle);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("unable to parse bytes as PEM block", e);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(pem))) {
            store.setCertificateEntry("ca" + count++, one);
        }
        if (count == 0) {
            throw new CertificateException("unable to parse bytes as PEM block");
        }
        return store;
    }

    private void check(X509Certificate[] certificates, String authType) throws CertificateException {
        Instant now = Instant.now();
        CertificateTexts.checkTime(certificates[0], now);
        CertificateTexts.checkName(certificates[0], serverName);
        try {
            chain.checkServerTrusted(certificates, authType);
        } catch (CertificateException e) {
            for (X509Certificate one : certificates) {
                CertificateTexts.checkTime(one, now);
            }
            throw new CertificateException("x509: certificate signed by unknown authority", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        check(certificates, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        check(certificates, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        check(certificates, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("only servers are asked for certificates");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain.getAcceptedIssuers();
    }
}
