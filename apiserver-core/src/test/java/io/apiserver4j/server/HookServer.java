// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.apiserver4j.outbound.LocalEndpoint;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A plain HTTPS server on a free port, with a certificate of an authority of its own: what somebody's webhook is. */
final class HookServer implements AutoCloseable {
    private static final char[] PASSWORD = "none".toCharArray();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Set<InetSocketAddress> callers = Collections.synchronizedSet(new HashSet<>());
    private final String caBundle;

    /** How an exchange is answered. */
    @FunctionalInterface
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    /** A server whose certificate is for these names ({@code dns:…}, {@code ip:…}), valid for a time from now. */
    HookServer(Duration validity, String... names) throws IOException, GeneralSecurityException {
        KeyPair authority = keys();
        KeyPair own = keys();
        X509Certificate root = certificate("CN=hooks", authority, "CN=hooks", authority, Duration.ofHours(1), true);
        X509Certificate leaf = certificate("CN=hook", own, "CN=hooks", authority, validity, false, names);
        caBundle = Base64.getEncoder().encodeToString(pem(root).getBytes(StandardCharsets.US_ASCII));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("hook", own.getPrivate(), PASSWORD, new X509Certificate[] {leaf, root});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        server = https;
        server.setExecutor(executor);
        server.start();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String subject, KeyPair keys, String issuer, KeyPair signer, Duration validity, boolean ca, String... names)
            throws GeneralSecurityException, IOException {
        Instant start = Instant.now().minus(Duration.ofHours(1));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(start),
                Date.from(Instant.now().plus(validity)),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        GeneralName[] alternatives = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i].substring(names[i].indexOf(':') + 1);
            alternatives[i] =
                    new GeneralName(names[i].startsWith("ip:") ? GeneralName.iPAddress : GeneralName.dNSName, name);
        }
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    String caBundle() {
        return caBundle;
    }

    /** How many connections were opened. */
    int connections() {
        return callers.size();
    }

    /** Answers reviews at a path. */
    void reviews(String path, LocalEndpoint endpoint) {
        raw(path, exchange -> {
            ObjectValue review = JsonReader.readObject(exchange.getRequestBody().readAllBytes());
            try {
                send(exchange, 200, "application/json", JsonWriter.toBytes(endpoint.answer(review)));
            } catch (IOException e) {
                throw e;
            } catch (Exception e) { // whatever the endpoint does
                throw new IOException(e);
            }
        });
    }

    /** Answers a path in any way. */
    void raw(String path, Answer answer) {
        server.createContext(path, exchange -> {
            callers.add(exchange.getRemoteAddress());
            try (exchange) {
                answer.give(exchange);
            }
        });
    }

    static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
