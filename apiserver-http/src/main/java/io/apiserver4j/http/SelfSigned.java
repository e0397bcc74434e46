// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys for a server that was given none: an authority, the serving certificate, an administrator's client
 * certificate and the key pair that signs service-account tokens. In memory, or in a folder where the next start finds
 * them again. Safe for use by several threads.
 */
public final class SelfSigned {
    /** The administrator's user name. */
    public static final String ADMIN = "admin";

    /** The administrator's group. */
    public static final String MASTERS = "system:masters";

    static final String AUTHORITY_NAME = "kubernetes";
    static final String SERVER_NAME = "kube-apiserver";

    private static final List<String> NAMES = List.of(
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "localhost",
            "127.0.0.1",
            "::1");

    private final Authority authority;
    private final Credential serving;
    private final Credential admin;
    private final Supplier<KeyPair> serviceAccount;
    private @Nullable KeyPair tokenKeys;

    SelfSigned(Authority authority, Credential serving, Credential admin, Supplier<KeyPair> serviceAccount) {
        this.authority = authority;
        this.serving = serving;
        this.admin = admin;
        this.serviceAccount = serviceAccount;
    }

    /** Kinds of the key that signs service-account tokens. */
    public enum TokenKey {
        /** RSA of 2048 bits, as kubeadm makes it; takes a moment to make. */
        RSA,
        /** A curve key (P-256), made in no time. */
        EC
    }

    /**
     * What is to be made.
     *
     * @param names further DNS names and addresses of the server, such as the first address of the service range
     * @param tokenKey the kind of the key that signs service-account tokens
     * @param clock says from when certificates are valid, and which are no longer
     */
    public record Options(List<String> names, TokenKey tokenKey, Clock clock) {
        /** The names that every server has, and keys as kubeadm makes them. */
        public static final Options STANDARD = new Options(List.of(), TokenKey.RSA, Clock.systemUTC());

        /** Copies the names. */
        public Options {
            names = List.copyOf(names);
        }

        /** These options with further names and addresses. */
        public Options withNames(List<String> more) {
            return new Options(more, tokenKey, clock);
        }

        /** These options with another kind of token key. */
        public Options withTokenKey(TokenKey kind) {
            return new Options(names, kind, clock);
        }

        /** All names and addresses of the server, each once. */
        List<String> allNames() {
            Set<String> all = new LinkedHashSet<>(NAMES);
            all.addAll(names);
            return List.copyOf(all);
        }
    }

    private static final class OfThisJvm {
        static final SelfSigned MADE = create(Options.STANDARD.withTokenKey(TokenKey.EC));
    }

    /** One set for all servers of this JVM, made at the first call, with the standard names: for tests. */
    public static SelfSigned ofThisJvm() {
        return OfThisJvm.MADE;
    }

    /** Makes a set in memory. */
    public static SelfSigned create(Options options) {
        CompletableFuture<KeyPair> tokens = tokenKeys(options);
        Authority authority = Authority.create(AUTHORITY_NAME, options.clock);
        return new SelfSigned(
                authority,
                authority.server(SERVER_NAME, options.allNames()),
                authority.client(ADMIN, List.of(MASTERS)),
                tokens::join);
    }

    /**
     * Takes the set of a folder ({@code ca}, {@code apiserver} and {@code admin} with the endings {@code .crt} and {@code
     * .key}; {@code sa.key}, {@code sa.pub}), and makes and writes what is missing or no longer valid. A serving
     * certificate that somebody else signed is taken as it is and never replaced.
     *
     * @throws IOException where the folder can't be read or written
     */
    public static SelfSigned inFolder(Path folder, Options options) throws IOException {
        return new CertificateFolder(folder, options).open();
    }

    static CompletableFuture<KeyPair> tokenKeys(Options options) {
        if (options.tokenKey == TokenKey.EC) {
            return CompletableFuture.completedFuture(Authority.curveKeys());
        }
        CompletableFuture<KeyPair> keys = new CompletableFuture<>();
        Thread maker = new Thread(
                () -> {
                    try {
                        keys.complete(Authority.rsaKeys());
                    } catch (RuntimeException | Error e) {
                        keys.completeExceptionally(e);
                    }
                },
                "apiserver4j-keys");
        maker.setDaemon(true);
        maker.start();
        return keys;
    }

    /** The authority's certificate: what clients trust, and what client certificates are signed by. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The authority's certificate as PEM text. */
    public String authorityPem() {
        return Pem.text(List.of(authority()));
    }

    /** True where a certificate names this authority, and its very key, as the one that signed it. */
    public boolean signed(X509Certificate certificate) {
        return CertificateFolder.signedBy(certificate, authority);
    }

    /** The serving certificate and its key. */
    public Credential serving() {
        return serving;
    }

    /** The administrator's client certificate and its key. */
    public Credential admin() {
        return admin;
    }

    /** The key pair that signs service-account tokens; waits until it is read or made. */
    public synchronized KeyPair serviceAccountKeys() {
        KeyPair known = tokenKeys;
        if (known == null) {
            try {
                known = serviceAccount.get();
            } catch (CompletionException | UncheckedIOException e) {
                throw new IllegalStateException("no key pair for service accounts", e.getCause());
            }
            tokenKeys = known;
        }
        return known;
    }

    /** A further client certificate of this authority. */
    public Credential client(String user, String... groups) {
        return authority.client(user, List.of(groups));
    }

    /** A further serving certificate of this authority, for these names and addresses. */
    public Credential server(String... names) {
        return authority.server(SERVER_NAME, List.of(names));
    }

    /**
     * Signs a request for a certificate (PEM text), for a server's {@code certificateSigner}.
     *
     * @param usages {@code client auth}, {@code server auth} or both
     * @throws IllegalArgumentException where it can't be signed
     */
    public String sign(String request, List<String> usages, Duration life) {
        return RequestSigning.sign(authority, Clock.systemUTC(), request, usages, life);
    }

    /** TLS with the serving certificate, asking clients for certificates of this authority. */
    public TlsSettings tls() {
        return TlsSettings.of(serving.chain(), serving.key()).withClientAuthorities(List.of(authority()));
    }

    /** The administrator's kubeconfig for a server of this set at a URL. */
    public String kubeconfig(String url) {
        return KubeconfigWriter.withCertificate(url, authorityPem(), ADMIN, admin.certificatePem(), admin.keyPem());
    }
}
