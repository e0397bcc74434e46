// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a server speaks TLS: its certificate, which can be replaced while it runs, and whose client certificates it asks
 * for. Client certificates are wanted, never required, and not verified here: the server's authenticators look at the
 * chain. The JDK's TLS is used, versions 1.2 and 1.3. Safe for use by several threads.
 */
public final class TlsSettings {
    private final ServingKey key;
    private final ClientAuthorities authorities;
    private final boolean askClients;
    private final List<String> protocols;
    private final List<String> ciphers;
    private final boolean http2;

    private TlsSettings(
            ServingKey key,
            ClientAuthorities authorities,
            boolean askClients,
            List<String> protocols,
            List<String> ciphers,
            boolean http2) {
        this.key = key;
        this.authorities = authorities;
        this.askClients = askClients;
        this.protocols = protocols;
        this.ciphers = ciphers;
        this.http2 = http2;
    }

    /** TLS with this certificate, its own first and the authorities that signed it behind, without client certificates. */
    public static TlsSettings of(List<X509Certificate> chain, PrivateKey privateKey) {
        return new TlsSettings(
                new ServingKey(chain, privateKey),
                new ClientAuthorities(List.of()),
                false,
                List.of("TLSv1.3", "TLSv1.2"),
                List.of(),
                true);
    }

    /**
     * TLS with a certificate and key in PEM files, without client certificates.
     *
     * @throws IOException where a file can't be read
     * @throws IllegalArgumentException where its content is no certificate or key
     */
    public static TlsSettings ofFiles(Path certificate, Path privateKey) throws IOException {
        return of(Pem.certificates(Files.readString(certificate)), Pem.privateKey(Files.readString(privateKey)));
    }

    /** These settings, which ask clients for certificates of these authorities. */
    public TlsSettings withClientAuthorities(List<X509Certificate> signers) {
        return new TlsSettings(key, new ClientAuthorities(signers), true, protocols, ciphers, http2);
    }

    /** These settings with TLS 1.3 only. */
    public TlsSettings withTls13Only() {
        return new TlsSettings(key, authorities, askClients, List.of("TLSv1.3"), ciphers, http2);
    }

    /** These settings with other cipher suites, by the names of IANA; unknown ones are left out. */
    public TlsSettings withCipherSuites(List<String> names) {
        return new TlsSettings(key, authorities, askClients, protocols, List.copyOf(names), http2);
    }

    /** These settings with or without HTTP/2. */
    public TlsSettings withHttp2(boolean on) {
        return new TlsSettings(key, authorities, askClients, protocols, ciphers, on);
    }

    /** From now on new connections see this certificate; also for servers that run already. */
    public void replaceCertificate(List<X509Certificate> chain, PrivateKey privateKey) {
        key.replace(chain, privateKey);
    }

    /** From now on new connections are asked for certificates of these authorities; also by servers that run already. */
    public void replaceClientAuthorities(List<X509Certificate> signers) {
        authorities.replace(signers);
    }

    /** The certificate that new connections see, and those behind it. */
    public List<X509Certificate> certificates() {
        return key.chain();
    }

    /**
     * Makes engines of these settings.
     *
     * @throws GeneralSecurityException where the JDK has no such TLS
     */
    TlsEngines engines() throws GeneralSecurityException {
        return new TlsEngines(
                key,
                authorities,
                askClients,
                protocols,
                ciphers.isEmpty() ? Http2SecurityUtil.CIPHERS : ciphers,
                http2);
    }
}
