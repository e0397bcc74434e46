// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Pem;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.http.TlsSettings;
import io.apiserver4j.launcher.Options.Listening;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a start: the set of its folder, or a serving certificate that was given beside it.
 *
 * @param made the set of the folder
 * @param serving what clients see
 * @param trust the authority as PEM text that clients check it by
 */
record Certificates(SelfSigned made, TlsSettings serving, String trust) {
    /**
     * Opens or makes what is needed.
     *
     * @throws Refusal where a file can't be read, written or understood
     */
    static Certificates open(Listening listening) throws Refusal {
        SelfSigned made = made(listening);
        Path certificate = listening.certificate();
        Path key = listening.key();
        TlsSettings serving = certificate == null && key == null
                ? TlsSettings.of(made.serving().chain(), made.serving().key())
                : given(certificate, key);
        if (listening.tls13Only()) {
            serving = serving.withTls13Only();
        }
        if (!listening.ciphers().isEmpty()) {
            serving = serving.withCipherSuites(listening.ciphers());
        }
        return new Certificates(made, serving.withHttp2(listening.http2()), trust(made, serving.certificates()));
    }

    private static SelfSigned made(Listening listening) throws Refusal {
        try {
            return SelfSigned.inFolder(listening.folder(), SelfSigned.Options.STANDARD.withNames(listening.names()));
        } catch (IOException e) {
            throw Refusal.of("error creating self-signed certificates: open " + SystemErrors.text(e));
        }
    }

    private static TlsSettings given(@Nullable Path certificate, @Nullable Path key) throws Refusal {
        if (certificate == null) {
            throw Refusal.of("missing filename for serving cert");
        }
        if (key == null) {
            throw Refusal.of("missing filename for serving key");
        }
        SystemErrors.read(certificate);
        SystemErrors.read(key);
        try {
            return TlsSettings.ofFiles(certificate, key);
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.of("tls: failed to use " + certificate + " and " + key + ": " + e.getMessage());
        }
    }

    /** The self-made authority where it signed the serving certificate, otherwise what came with that. */
    private static String trust(SelfSigned made, List<X509Certificate> chain) {
        return made.signed(chain.get(0)) ? made.authorityPem() : Pem.text(chain);
    }

    /**
     * Signs something with the serving key: the first signature of a JVM takes a tenth of a second, which the first client
     * would have to wait for. Nothing depends on it.
     */
    void signOnce() {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(made.serving().key());
            signature.update(new byte[1]);
            signature.sign();
        } catch (GeneralSecurityException e) {
            // a key of another kind: then the first client has to wait
        }
    }

    /**
     * The certificates of a PEM file.
     *
     * @throws Refusal where it can't be read or holds none
     */
    static List<X509Certificate> bundle(Path file) throws Refusal {
        String text = SystemErrors.read(file);
        try {
            return Pem.certificates(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("error loading CA bundle for " + file
                    + ": data does not contain any valid RSA or ECDSA certificates");
        }
    }
}
