// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsPairTest {
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=web");
        Instant now = Instant.parse("2024-03-01T10:00:00Z");
        String signing = keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now),
                        Date.from(now.plusSeconds(60)),
                        name,
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .build(new JcaContentSignerBuilder(signing).build(keys.getPrivate()))
                .getEncoded();
    }

    /** The key in the form that is older than PKCS #8. */
    private static byte[] old(KeyPair keys) throws Exception {
        return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
    }

    private static byte[] pem(String type, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<Arguments> matching() throws Exception {
        return Stream.of(
                Arguments.of(
                        "RSA",
                        certificate(RSA),
                        pem("PRIVATE KEY", RSA.getPrivate().getEncoded())),
                Arguments.of("old RSA", certificate(RSA), pem("RSA PRIVATE KEY", old(RSA))),
                Arguments.of(
                        "EC",
                        certificate(EC),
                        pem("PRIVATE KEY", EC.getPrivate().getEncoded())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matching")
    void findsNothingWrongWithWhatFits(String name, byte[] certificate, byte[] key) {
        assertThat(TlsPair.problem(pem("CERTIFICATE", certificate), key)).isEmpty();
    }

    @Test
    void findsTheCurveOfAnOldKey() throws Exception {
        byte[] key = new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256,
                        ((java.security.interfaces.ECPrivateKey) EC.getPrivate()).getS(),
                        PrivateKeyInfo.getInstance(EC.getPrivate().getEncoded())
                                .getPrivateKeyAlgorithm()
                                .getParameters())
                .getEncoded();
        assertThat(TlsPair.problem(pem("CERTIFICATE", certificate(EC)), pem("EC PRIVATE KEY", key)))
                .isEmpty();
    }

    static Stream<Arguments> broken() throws Exception {
        byte[] leaf = pem("CERTIFICATE", certificate(RSA));
        byte[] key = pem("PRIVATE KEY", RSA.getPrivate().getEncoded());
        byte[] nothing = new byte[0];
        return Stream.of(
                Arguments.of(nothing, key, "tls: failed to find any PEM data in certificate input"),
                Arguments.of(
                        key,
                        leaf,
                        "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM"
                                + " inputs may have been switched"),
                Arguments.of(
                        pem("A", nothing),
                        key,
                        "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of"
                                + " the following types: [A]"),
                Arguments.of(leaf, nothing, "tls: failed to find any PEM data in key input"),
                Arguments.of(leaf, leaf, "tls: found a certificate rather than a key in the PEM for the private key"),
                Arguments.of(
                        leaf,
                        pem("A", nothing),
                        "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping"
                                + " PEM blocks of the following types: [A]"),
                Arguments.of(leaf, pem("PRIVATE KEY", new byte[] {1}), "tls: failed to parse private key"),
                Arguments.of(
                        leaf,
                        pem("PRIVATE KEY", EC.getPrivate().getEncoded()),
                        "tls: private key type does not match public key type"),
                Arguments.of(
                        leaf,
                        pem("PRIVATE KEY", pair("RSA", 2048).getPrivate().getEncoded()),
                        "tls: private key does not match public key"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("broken")
    void tellsWhatIsWrong(byte[] certificate, byte[] key, String problem) {
        assertThat(TlsPair.problem(certificate, key)).isEqualTo(problem);
    }
}
