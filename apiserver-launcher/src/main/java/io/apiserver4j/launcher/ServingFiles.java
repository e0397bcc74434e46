// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Pem;
import io.apiserver4j.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at the files of the serving certificate and its key; new connections see what is there, those that
 * are open stay. Files that do not fit each other (one of them may be written before the other) change nothing.
 */
final class ServingFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServingFiles.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final byte[] SIGNED = {1};

    private final Path certificate;
    private final Path key;
    private final TlsSettings serving;
    private final CountDownLatch end = new CountDownLatch(1);
    private String seen;

    ServingFiles(Path certificate, Path key, TlsSettings serving) {
        this.certificate = certificate;
        this.key = key;
        this.serving = serving;
        this.seen = state();
    }

    /** Begins to look where certificate and key were given; null where they were not. */
    static @Nullable ServingFiles watch(Options.Listening listening, Certificates certificates) {
        Path certificate = listening.certificate();
        Path key = listening.key();
        if (certificate == null || key == null) {
            return null;
        }
        ServingFiles files = new ServingFiles(certificate, key, certificates.serving());
        Thread thread = new Thread(files::run, "apiserver4j-serving-files");
        thread.setDaemon(true);
        thread.start();
        return files;
    }

    private void run() {
        try {
            while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what is new in the files; true where that is in use now. */
    boolean look() {
        String now = state();
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            List<X509Certificate> chain = Pem.certificates(Files.readString(certificate));
            PrivateKey loaded = Pem.privateKey(Files.readString(key));
            if (chain.isEmpty() || !fits(chain.get(0), loaded)) {
                LOG.warn("{} and {} do not fit each other: the certificate before them stays", certificate, key);
                return false;
            }
            serving.replaceCertificate(chain, loaded);
            LOG.info("new serving certificate from {}", certificate);
            return true;
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            LOG.warn("no serving certificate in {} and {}: the one before stays", certificate, key, e);
            return false;
        }
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SIGNED);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SIGNED);
        return signature.verify(signed);
    }

    private String state() {
        return state(certificate) + " " + state(key);
    }

    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file) + "/" + file.toRealPath();
        } catch (IOException e) {
            return "none";
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
