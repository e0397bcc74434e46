// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A self-made set of certificates in a folder; decides what of it is still good. */
final class CertificateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);

    private static final String SIGNER = "2.5.29.35";

    /** A certificate that ends within this time is made anew. */
    private static final Duration SOON = Duration.ofDays(7);

    private final Path folder;
    private final SelfSigned.Options options;
    private final Clock clock;

    CertificateFolder(Path folder, SelfSigned.Options options) {
        this.folder = folder;
        this.options = options;
        this.clock = options.clock();
    }

    SelfSigned open() throws IOException {
        Files.createDirectories(folder);
        boolean kept = Files.isReadable(folder.resolve("sa.key")) && Files.isReadable(folder.resolve("sa.pub"));
        CompletableFuture<KeyPair> made = kept ? null : SelfSigned.tokenKeys(options);
        Authority authority = authority();
        Credential serving = serving(authority);
        Credential admin = admin(authority);
        if (made == null) {
            return new SelfSigned(authority, serving, admin, this::readTokenKeys);
        }
        saved(made.join());
        return new SelfSigned(authority, serving, admin, made::join);
    }

    private Authority authority() throws IOException {
        Credential found = read("ca");
        if (found != null && lasts(found.certificate()) && found.certificate().getBasicConstraints() >= 0) {
            return new Authority(found.certificate(), found.key(), clock);
        }
        Authority made = Authority.create(SelfSigned.AUTHORITY_NAME, clock);
        write("ca", new Credential(List.of(made.certificate()), made.key()));
        return made;
    }

    private Credential serving(Authority authority) throws IOException {
        Credential found = read("apiserver");
        if (found != null) {
            boolean ours = issuedBy(found.certificate(), SelfSigned.AUTHORITY_NAME)
                    && subject(found.certificate()).equals("CN=" + SelfSigned.SERVER_NAME);
            if (!ours) {
                return found;
            }
            if (signedBy(found.certificate(), authority)
                    && lasts(found.certificate())
                    && names(found.certificate()).containsAll(normal(options.allNames()))) {
                return found;
            }
        }
        Credential made = authority.server(SelfSigned.SERVER_NAME, options.allNames());
        write("apiserver", made);
        return made;
    }

    private Credential admin(Authority authority) throws IOException {
        Credential found = read("admin");
        if (found != null && signedBy(found.certificate(), authority) && lasts(found.certificate())) {
            return found;
        }
        Credential made = authority.client(SelfSigned.ADMIN, List.of(SelfSigned.MASTERS));
        write("admin", made);
        return made;
    }

    /** Asked for when tokens are signed or verified, as reading them costs a start more than all the rest. */
    private KeyPair readTokenKeys() {
        Path key = folder.resolve("sa.key");
        Path open = folder.resolve("sa.pub");
        try {
            try {
                String text = Files.readString(key);
                PrivateKey signer = Pem.privateKey(text);
                PublicKey verifier = Pem.publicKey(Files.readString(open));
                if (KeyForms.fit(text, signer, verifier)) {
                    return new KeyPair(verifier, signer);
                }
                LOG.warn("{} and {} are not a pair and are made anew", key, open);
            } catch (IllegalArgumentException e) {
                LOG.warn("{} or {} can't be read and is made anew: {}", key, open, e.getMessage());
            }
            return saved(SelfSigned.tokenKeys(options).join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyPair saved(KeyPair pair) throws IOException {
        PrivateFiles.write(folder.resolve("sa.key"), Pem.text(pair.getPrivate(), pair.getPublic()), true);
        PrivateFiles.write(folder.resolve("sa.pub"), Pem.text(pair.getPublic()), false);
        return pair;
    }

    private @Nullable Credential read(String name) throws IOException {
        Path certificate = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        if (!Files.isReadable(certificate) || !Files.isReadable(key)) {
            return null;
        }
        try {
            String text = Files.readString(key);
            Credential found = new Credential(Pem.certificates(Files.readString(certificate)), Pem.privateKey(text));
            if (KeyForms.fit(text, found.key(), found.certificate().getPublicKey())) {
                return found;
            }
            LOG.warn("{} and {} are not a pair and are made anew", certificate, key);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} or {} can't be read and is made anew: {}", certificate, key, e.getMessage());
        }
        return null;
    }

    private void write(String name, Credential made) throws IOException {
        PrivateFiles.write(folder.resolve(name + ".key"), made.keyPem(), true);
        PrivateFiles.write(folder.resolve(name + ".crt"), made.certificatePem(), false);
    }

    private boolean lasts(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(SOON))
                && !certificate.getNotBefore().toInstant().isAfter(clock.instant());
    }

    private static boolean issuedBy(X509Certificate certificate, String name) {
        return certificate.getIssuerX500Principal().getName().equals("CN=" + name);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** True where a certificate names the authority's key as its signer's. */
    static boolean signedBy(X509Certificate certificate, Authority authority) {
        return certificate
                        .getIssuerX500Principal()
                        .equals(authority.certificate().getSubjectX500Principal())
                && Arrays.equals(certificate.getExtensionValue(SIGNER), authority.signerField());
    }

    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    names.add(normal(String.valueOf(alternative.get(1))));
                }
            }
        } catch (CertificateParsingException e) {
            LOG.debug("a certificate's names can't be read", e);
        }
        return names;
    }

    private static Set<String> normal(List<String> names) {
        Set<String> out = new HashSet<>();
        names.forEach(name -> out.add(normal(name)));
        return out;
    }

    /** Addresses have several spellings. */
    private static String normal(String name) {
        return Authority.isAddress(name) ? Authority.address(name).getHostAddress() : name;
    }
}
