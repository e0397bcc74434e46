// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and keys as text. Private keys are written in the older forms that every client of Kubernetes reads. */
public final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** One piece of a text. */
    record Block(String label, byte[] der) {}

    private Pem() {}

    /**
     * The certificates of a text, in its order; at least one.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Block block : blocks(text)) {
                if (block.label.equals("CERTIFICATE")) {
                    found.add(certificate(block.der));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
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

    /**
     * The first private key of a text, in the form PKCS 8, PKCS 1 (RSA) or SEC 1 (EC).
     *
     * @throws IllegalArgumentException where there is none
     */
    public static PrivateKey privateKey(String text) {
        try {
            for (Block block : blocks(text)) {
                switch (block.label) {
                    case "PRIVATE KEY" -> {
                        return KeyForms.ofPkcs8(block.der);
                    }
                    case "RSA PRIVATE KEY" -> {
                        return KeyForms.ofPkcs1(block.der);
                    }
                    case "EC PRIVATE KEY" -> {
                        return KeyForms.ofSec1(block.der);
                    }
                    default -> {
                        // certificates and parameters may stand before the key
                    }
                }
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("no private key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no private key in the PEM text");
    }

    /** The first public key of a text. */
    static PublicKey publicKey(String text) {
        try {
            for (Block block : blocks(text)) {
                if (block.label.equals("PUBLIC KEY")) {
                    return KeyForms.ofPkix(block.der);
                }
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("no public key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no public key in the PEM text");
    }

    /**
     * The first key of a text that verifies: a public key, or that of a certificate.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static PublicKey verifier(String text) {
        return text.contains(BEGIN + "CERTIFICATE") ? certificates(text).get(0).getPublicKey() : publicKey(text);
    }

    /** Certificates as text. */
    public static String text(List<X509Certificate> chain) {
        try {
            StringBuilder out = new StringBuilder();
            for (X509Certificate certificate : chain) {
                out.append(text(new Block("CERTIFICATE", certificate.getEncoded())));
            }
            return out.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A private key as text; the public one goes into the form for elliptic curves. */
    static String text(PrivateKey key, PublicKey pair) {
        return text(KeyForms.classic(key, pair));
    }

    /** A public key as text. */
    static String text(PublicKey key) {
        return text(new Block("PUBLIC KEY", key.getEncoded()));
    }

    private static String text(Block block) {
        return BEGIN + block.label + DASHES + "\n" + LINES.encodeToString(block.der) + "\n" + END + block.label + DASHES
                + "\n";
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            if (labelEnd < 0) {
                break;
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, labelEnd);
            if (end < 0) {
                break;
            }
            byte[] base64 = text.substring(labelEnd + DASHES.length(), end).getBytes(StandardCharsets.ISO_8859_1);
            blocks.add(new Block(label, Base64.getMimeDecoder().decode(base64)));
            at = text.indexOf(BEGIN, end);
        }
        return blocks;
    }
}
