// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** How a connection to a remote service is made: what it is trusted by, and what it is shown. */
final class RemoteTls {
    private static final char[] NO_PASSWORD = {};

    private RemoteTls() {}

    static void apply(HttpClient.Builder client, RemoteSettings settings, String host)
            throws GeneralSecurityException, IOException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String name = settings.serverName().isEmpty() ? bare : settings.serverName();
        String bundle =
                Base64.getEncoder().encodeToString(settings.authorities().getBytes(StandardCharsets.UTF_8));
        TrustManager trust = settings.trusting() ? new AnyCertificate() : BundleTrust.of(bundle, name);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(settings), new TrustManager[] {trust}, null);
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (!name.matches("[0-9.]+|.*:.*")) { // an address is no server name
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        client.sslContext(context).sslParameters(parameters);
    }

    private static KeyManager @Nullable [] keys(RemoteSettings settings) throws GeneralSecurityException, IOException {
        PrivateKey key = settings.key();
        if (key == null || settings.chain().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, NO_PASSWORD, settings.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** What {@code insecure-skip-tls-verify} of a kubeconfig asks for. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
