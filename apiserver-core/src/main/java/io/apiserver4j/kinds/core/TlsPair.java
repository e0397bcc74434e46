// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells why a certificate and a key cannot serve together, in the words of Go's crypto/tls (X509KeyPair). */
final class TlsPair {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([^-\\n]*)-----[ \\t]*\\r?\\n(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z][^:\\n]*:[^\\n]*\\n");
    private static final byte[] PROBE = "apiserver4j".getBytes(StandardCharsets.US_ASCII);

    private TlsPair() {}

    private record Block(String type, byte[] bytes) {}

    /** The problem, or the empty text. */
    static String problem(byte[] certificate, byte[] key) {
        List<Block> chain = blocks(certificate);
        Block leaf = chain.stream()
                .filter(block -> block.type().equals("CERTIFICATE"))
                .findFirst()
                .orElse(null);
        if (leaf == null) {
            return noCertificate(types(chain));
        }
        List<Block> keys = blocks(key);
        Block secret = keys.stream()
                .filter(block ->
                        block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY"))
                .findFirst()
                .orElse(null);
        if (secret == null) {
            return noKey(types(keys));
        }
        return mismatch(leaf, secret);
    }

    private static List<Block> blocks(byte[] text) {
        List<Block> out = new ArrayList<>();
        Matcher matcher = PEM.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            String body = HEADER.matcher(matcher.group(2)).replaceAll("");
            try {
                out.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                // what is no base64 is no block to Go
            }
        }
        return out;
    }

    private static List<String> types(List<Block> blocks) {
        return blocks.stream().map(Block::type).toList();
    }

    private static String noCertificate(List<String> skipped) {
        if (skipped.isEmpty()) {
            return "tls: failed to find any PEM data in certificate input";
        }
        if (skipped.size() == 1 && skipped.get(0).endsWith("PRIVATE KEY")) {
            return "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM"
                    + " inputs may have been switched";
        }
        return "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the"
                + " following types: [" + String.join(" ", skipped) + "]";
    }

    private static String noKey(List<String> skipped) {
        if (skipped.isEmpty()) {
            return "tls: failed to find any PEM data in key input";
        }
        if (skipped.size() == 1 && skipped.get(0).equals("CERTIFICATE")) {
            return "tls: found a certificate rather than a key in the PEM for the private key";
        }
        return "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM"
                + " blocks of the following types: [" + String.join(" ", skipped) + "]";
    }

    private static String mismatch(Block leaf, Block secret) {
        PublicKey open;
        try {
            open = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(leaf.bytes()))
                    .getPublicKey();
        } catch (CertificateException e) {
            return "x509: malformed certificate";
        }
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            PrivateKey key = key(secret.bytes(), algorithm);
            if (key != null) {
                boolean sameKind = open.getAlgorithm().equals(algorithm)
                        || algorithm.equals("Ed25519") && open.getAlgorithm().equals("EdDSA");
                if (!sameKind) {
                    return "tls: private key type does not match public key type";
                }
                return signsFor(key, open, algorithm) ? "" : "tls: private key does not match public key";
            }
        }
        return "tls: failed to parse private key";
    }

    private static @Nullable PrivateKey key(byte[] encoded, String algorithm) {
        for (byte[] wrapped : Pkcs8.candidates(encoded, algorithm)) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(wrapped));
            } catch (GeneralSecurityException e) {
                // another form, or another algorithm
            }
        }
        return null;
    }

    private static boolean signsFor(PrivateKey key, PublicKey open, String algorithm) {
        String name = switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        try {
            Signature signer = Signature.getInstance(name);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(open);
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
