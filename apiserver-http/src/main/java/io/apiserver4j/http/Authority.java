// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
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
import java.util.List;

/**
 * A small certificate authority: makes keys and signs certificates (RFC 5280), as kubeadm makes them. Keys and signatures
 * come from the JDK. Safe for use by several threads.
 */
final class Authority {
    private static final String CURVE = "secp256r1";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Clocks of clients may be behind. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);

    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ORGANIZATION = "2.5.4.10";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String EXTENDED_USAGE = "2.5.29.37";
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /** Signatures and key encipherment. */
    private static final byte[] LEAF_USAGE = Der.of(Der.BIT_STRING, new byte[] {5, (byte) 0b1010_0000});

    /** The same, and signing certificates. */
    private static final byte[] SIGNER_USAGE = Der.of(Der.BIT_STRING, new byte[] {2, (byte) 0b1010_0100});

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
        byte[] subject = name(name, List.of());
        List<byte[]> fields = new ArrayList<>();
        fields.add(field(KEY_USAGE, true, SIGNER_USAGE));
        fields.add(field(BASIC_CONSTRAINTS, true, Der.sequence(Der.yes())));
        fields.add(alternativeNames(List.of(name)));
        return new Authority(
                sign(subject, subject, pair.getPublic(), pair, LIFE, clock, fields), pair.getPrivate(), clock);
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** The field by which certificates of this authority name its key, as certificates give it. */
    byte[] signerField() {
        try {
            return Der.octets(signerField(certificate.getPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signerField(PublicKey signer) throws GeneralSecurityException {
        return Der.sequence(Der.implicit(0, fingerprint(signer)));
    }

    /** A certificate for a server of these DNS names and addresses. */
    Credential server(String commonName, List<String> names) {
        List<byte[]> fields = leafFields(FOR_SERVERS);
        fields.add(alternativeNames(names));
        return leaf(name(commonName, List.of()), fields);
    }

    /** A certificate for a client: its user name and groups. */
    Credential client(String user, List<String> groups) {
        return leaf(name(user, groups), leafFields(FOR_CLIENTS));
    }

    private static List<byte[]> leafFields(String purpose) {
        List<byte[]> fields = new ArrayList<>();
        fields.add(field(KEY_USAGE, true, LEAF_USAGE));
        fields.add(field(EXTENDED_USAGE, false, Der.sequence(Der.oid(purpose))));
        fields.add(field(BASIC_CONSTRAINTS, true, Der.sequence()));
        return fields;
    }

    private Credential leaf(byte[] subject, List<byte[]> fields) {
        KeyPair pair = curveKeys();
        KeyPair signer = new KeyPair(certificate.getPublicKey(), key);
        byte[] issuer = certificate.getSubjectX500Principal().getEncoded();
        X509Certificate signed = sign(issuer, subject, pair.getPublic(), signer, LEAF_LIFE, clock, fields);
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

    private static byte[] name(String common, List<String> organizations) {
        byte[][] parts = new byte[organizations.size() + 1][];
        for (int i = 0; i < organizations.size(); i++) {
            parts[i] = attribute(ORGANIZATION, organizations.get(i));
        }
        parts[organizations.size()] = attribute(COMMON_NAME, common);
        return Der.sequence(parts);
    }

    private static byte[] attribute(String oid, String value) {
        return Der.set(Der.sequence(Der.oid(oid), Der.text(value)));
    }

    private static byte[] field(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] alternativeNames(List<String> names) {
        byte[][] parts = new byte[names.size()][];
        for (int i = 0; i < parts.length; i++) {
            String name = names.get(i);
            parts[i] = isAddress(name)
                    ? Der.implicit(ADDRESS, address(name).getAddress())
                    : Der.implicit(DNS, name.getBytes(StandardCharsets.US_ASCII));
        }
        return field(ALTERNATIVE_NAMES, false, Der.sequence(parts));
    }

    private static X509Certificate sign(
            byte[] issuer,
            byte[] subject,
            PublicKey subjectKey,
            KeyPair signer,
            Duration life,
            Clock clock,
            List<byte[]> fields) {
        Instant now = clock.instant();
        byte[] serial = new byte[8];
        RANDOM.nextBytes(serial);
        boolean curve = signer.getPrivate().getAlgorithm().equals("EC");
        byte[] algorithm = curve
                ? Der.sequence(Der.oid("1.2.840.10045.4.3.2"))
                : Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing());
        List<byte[]> all = new ArrayList<>(fields);
        try {
            all.add(field(SUBJECT_KEY, false, Der.octets(fingerprint(subjectKey))));
            all.add(field(AUTHORITY_KEY, false, signerField(signer.getPublic())));
            byte[] content = Der.sequence(
                    Der.explicit(0, Der.integer(2)), // version 3
                    Der.integer(new BigInteger(1, serial).setBit(0)),
                    algorithm,
                    issuer,
                    Der.sequence(Der.time(now.minus(SLACK)), Der.time(now.plus(life))),
                    subject,
                    subjectKey.getEncoded(),
                    Der.explicit(3, Der.sequence(all.toArray(byte[][]::new))));
            Signature signature = Signature.getInstance(curve ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(content);
            return Pem.certificate(Der.sequence(content, algorithm, Der.bits(signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    private static byte[] fingerprint(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(KeyForms.bits(key));
    }

    /** True for an IP address, which a certificate names in another way than a host. */
    static boolean isAddress(String name) {
        if (name.indexOf(':') >= 0) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    /** The address of its text. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal); // a literal asks no name server
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP address: " + literal, e);
        }
    }
}
