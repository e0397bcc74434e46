// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP clients, set up for a server of our certificates. */
final class Clients {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-client");
        thread.setDaemon(true);
        return thread;
    });

    private Clients() {}

    /** A client of its own, so with connections of its own. */
    static HttpClient of(HttpClient.Version version, @Nullable Credential certificate) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .executor(THREADS)
                .sslContext(tls(SelfSigned.ofThisJvm().authority(), certificate))
                .build();
    }

    static SSLContext tls(X509Certificate authority, @Nullable Credential certificate)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManager[] keys = null;
        if (certificate != null) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "own", certificate.key(), new char[0], certificate.chain().toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    static HttpRequest.Builder to(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create(server.url("localhost") + path));
    }

    static HttpResponse<String> get(HttpClient client, HttpServer server, String path) throws Exception {
        return client.send(to(server, path).build(), HttpResponse.BodyHandlers.ofString());
    }
}
