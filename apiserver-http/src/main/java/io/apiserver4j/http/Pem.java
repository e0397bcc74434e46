// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificates and keys as text. Private keys are written in the older forms that every client of Kubernetes reads. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private record Block(String label, byte[] der) {}

    private Pem() {}

    /** The certificates of a text, in its order; at least one. */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Block block : blocks(text)) {
                if (block.label.equals("CERTIFICATE")) {
                    found.add(certificate(block.der));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificate: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no certificate in the PEM text");
        }
        return found;
    }

    /** A certificate of its DER form. */
    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** The first private key of a text, in the form PKCS 8, PKCS 1 (RSA) or SEC 1 (EC). */
    static PrivateKey privateKey(String text) {
        try {
            for (Block block : blocks(text)) {
                PrivateKeyInfo info =
                        switch (block.label) {
                            case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(block.der);
                            case "RSA PRIVATE KEY" -> new PrivateKeyInfo(
                                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                                    org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(block.der));
                            case "EC PRIVATE KEY" -> ofCurve(
                                    org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(block.der));
                            default -> null;
                        };
                if (info != null) {
                    return KeyFactory.getInstance(algorithm(info.getPrivateKeyAlgorithm()))
                            .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
                }
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("no private key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no private key in the PEM text");
    }

    /** The first public key of a text. */
    static PublicKey publicKey(String text) {
        try {
            for (Block block : blocks(text)) {
                if (block.label.equals("PUBLIC KEY")) {
                    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(block.der);
                    return KeyFactory.getInstance(algorithm(info.getAlgorithm()))
                            .generatePublic(new X509EncodedKeySpec(block.der));
                }
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("no public key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no public key in the PEM text");
    }

    /** The form that the JDK gives its own keys, so that equal keys are equal. */
    private static PrivateKeyInfo ofCurve(org.bouncycastle.asn1.sec.ECPrivateKey key) throws IOException {
        int bits = ASN1OctetString.getInstance(ASN1Sequence.getInstance(key).getObjectAt(1)).getOctetsLength() * 8;
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                new org.bouncycastle.asn1.sec.ECPrivateKey(bits, key.getKey()));
    }

    private static String algorithm(AlgorithmIdentifier identifier) {
        ASN1ObjectIdentifier id = identifier.getAlgorithm();
        if (id.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        return id.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : id.getId();
    }

    /** Certificates as text. */
    static String text(List<X509Certificate> chain) {
        try {
            StringBuilder out = new StringBuilder();
            for (X509Certificate certificate : chain) {
                out.append(text("CERTIFICATE", certificate.getEncoded()));
            }
            return out.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A private key as text; the public one goes into the form for elliptic curves. */
    static String text(PrivateKey key, PublicKey pair) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            if (key instanceof RSAPrivateKey) {
                return text("RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
            }
            if (key instanceof ECPrivateKey curve) {
                SubjectPublicKeyInfo open = SubjectPublicKeyInfo.getInstance(pair.getEncoded());
                return text(
                        "EC PRIVATE KEY",
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                                        curve.getParams().getOrder().bitLength(),
                                        curve.getS(),
                                        new DERBitString(open.getPublicKeyData().getBytes()),
                                        info.getPrivateKeyAlgorithm().getParameters())
                                .getEncoded());
            }
            return text("PRIVATE KEY", key.getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A public key as text. */
    static String text(Key publicKey) {
        return text("PUBLIC KEY", publicKey.getEncoded());
    }

    private static String text(String label, byte[] der) {
        return BEGIN + label + "-----\n" + LINES.encodeToString(der) + "\n" + END + label + "-----\n";
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf("-----", at + BEGIN.length());
            if (labelEnd < 0) {
                break;
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + "-----", labelEnd);
            if (end < 0) {
                break;
            }
            byte[] base64 = text.substring(labelEnd + 5, end).getBytes(StandardCharsets.ISO_8859_1);
            blocks.add(new Block(label, Base64.getMimeDecoder().decode(base64)));
            at = text.indexOf(BEGIN, end);
        }
        return blocks;
    }
}
