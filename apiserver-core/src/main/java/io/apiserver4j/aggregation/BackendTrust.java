// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the certificate of one service: signed by given authorities and made out for the service's name, whatever its address. */
final class BackendTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;
    private static final X509Certificate[] NONE = {};

    private final @Nullable X509TrustManager authorities;
    private final String name;

    private BackendTrust(@Nullable X509TrustManager authorities, String name) {
        this.authorities = authorities;
        this.name = name;
    }

    /** Trust as a registration asks for it; throws where its bundle is not readable. */
    static BackendTrust of(Registration registration) throws GeneralSecurityException, IOException {
        return new BackendTrust(
                registration.insecure() ? null : manager(registration.caBundle()), registration.serverName());
    }

    private static X509TrustManager manager(String bundle) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(bundle.isEmpty() ? null : store(bundle));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new CertificateException("no trust in certificates on this machine");
    }

    private static KeyStore store(String bundle) throws GeneralSecurityException, IOException {
        byte[] pem = Base64.getMimeDecoder().decode(bundle);
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            found = List.of();
        }
        if (found.isEmpty()) {
            throw new CertificateException("unable to load root certificates: unable to parse bytes as PEM block");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate one : found) {
            store.setCertificateEntry("authority-" + number++, one);
        }
        return store;
    }

    private void check(X509Certificate[] chain, String type) throws CertificateException {
        if (authorities == null) {
            return;
        }
        try {
            authorities.checkServerTrusted(chain, type);
        } catch (CertificateException e) {
            throw new CertificateException(
                    "tls: failed to verify certificate: x509: certificate signed by unknown authority", e);
        }
        List<String> names = names(chain[0]);
        if (names.stream().noneMatch(this::matches)) {
            String problem = names.isEmpty()
                    ? "certificate is not valid for any names, but wanted to match " + name
                    : "certificate is valid for " + String.join(", ", names) + ", not " + name;
            throw new CertificateException("tls: failed to verify certificate: x509: " + problem);
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        List<String> out = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> one : alternatives) {
                if (one.get(0) instanceof Integer type && type == DNS && one.get(1) instanceof String text) {
                    out.add(text);
                }
            }
        }
        return out;
    }

    private boolean matches(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.equals(name)
                || lower.startsWith("*.") && lower.substring(1).equals(name.substring(name.indexOf('.')));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("clients are not known here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("clients are not known here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("clients are not known here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities == null ? NONE : authorities.getAcceptedIssuers();
    }
}
