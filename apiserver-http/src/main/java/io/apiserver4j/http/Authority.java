// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/**
 * A small certificate authority: makes keys and signs certificates. Keys come from the JDK, the certificates' form from
 * Bouncy Castle, whose provider is not registered. Safe for use by several threads.
 */
final class Authority {
    private static final String CURVE = "secp256r1";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Clocks of clients may be behind. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;

    Authority(X509Certificate certificate, PrivateKey key, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    /** A new authority with a key of its own. */
    static Authority create(String name, Clock clock) {
        KeyPair pair = curveKeys();
        X500Name subject = name(name, List.of());
        List<Field> fields = List.of(
                new Field(Extension.keyUsage, true, new KeyUsage(
                        KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign)),
                new Field(Extension.basicConstraints, true, new BasicConstraints(true)),
                new Field(Extension.subjectAlternativeName, false, new GeneralNames(
                        new GeneralName(GeneralName.dNSName, name))));
        X509Certificate certificate = sign(subject, subject, pair.getPublic(), pair, LIFE, clock, fields);
        return new Authority(certificate, pair.getPrivate(), clock);
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** A certificate for a server of these DNS names and addresses. */
    Credential server(String commonName, List<String> names) {
        List<GeneralName> alternatives = new ArrayList<>();
        for (String name : names) {
            alternatives.add(new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return leaf(
                name(commonName, List.of()),
                KeyPurposeId.id_kp_serverAuth,
                new Field(Extension.subjectAlternativeName, false, new GeneralNames(
                        alternatives.toArray(GeneralName[]::new))));
    }

    /** A certificate for a client: its user name and groups. */
    Credential client(String user, List<String> groups) {
        return leaf(name(user, groups), KeyPurposeId.id_kp_clientAuth, null);
    }

    private Credential leaf(
            X500Name subject, KeyPurposeId purpose, @Nullable Field more) {
        KeyPair pair = curveKeys();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)));
        fields.add(new Field(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
        fields.add(new Field(Extension.basicConstraints, true, new BasicConstraints(false)));
        if (more != null) {
            fields.add(more);
        }
        X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509Certificate signed = sign(
                issuer,
                subject,
                pair.getPublic(),
                new KeyPair(certificate.getPublicKey(), key),
                LEAF_LIFE,
                clock,
                fields);
        return new Credential(List.of(signed), pair.getPrivate());
    }

    static KeyPair curveKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has curve keys", e);
        }
    }

    static KeyPair rsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA keys", e);
        }
    }

    private record Field(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private static X500Name name(String common, List<String> organizations) {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
        for (String organization : organizations) {
            builder.addRDN(BCStyle.O, organization);
        }
        return builder.addRDN(BCStyle.CN, common).build();
    }

    private static X509Certificate sign(
            X500Name issuer,
            X500Name subject,
            PublicKey subjectKey,
            KeyPair signer,
            Duration life,
            Clock clock,
            List<Field> fields) {
        Instant now = clock.instant();
        byte[] serial = new byte[8];
        RANDOM.nextBytes(serial);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(1, serial).setBit(0),
                Date.from(now.minus(SLACK)),
                Date.from(now.plus(life)),
                subject,
                SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()));
        try {
            for (Field field : fields) {
                builder.addExtension(field.id, field.critical, field.value);
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(fingerprint(subjectKey)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(fingerprint(signer.getPublic())));
            return Pem.certificate(builder.build(new Signer(signer.getPrivate())).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    private static byte[] fingerprint(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1")
                .digest(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getPublicKeyData()
                        .getBytes());
    }

    /** True for an IP address, which a certificate names in another way than a host. */
    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** Signs by the JDK. */
    private static final class Signer implements ContentSigner {
        private final Signature signature;
        private final AlgorithmIdentifier algorithm;

        Signer(PrivateKey key) throws GeneralSecurityException {
            boolean curve = key.getAlgorithm().equals("EC");
            signature = Signature.getInstance(curve ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            algorithm = curve
                    ? new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256)
                    : new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    try {
                        signature.update(bytes, from, length);
                    } catch (GeneralSecurityException e) {
                        throw new IOException(e);
                    }
                }
            };
        }

        @Override
        public byte[] getSignature() {
            try {
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
