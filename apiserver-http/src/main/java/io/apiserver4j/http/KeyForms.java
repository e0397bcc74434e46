// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** The forms of keys: PKCS 8 and PKIX, which the JDK speaks, and the older PKCS 1 and SEC 1, which clients want. */
final class KeyForms {
    private static final byte[] RSA = Der.oid("1.2.840.113549.1.1.1");
    private static final byte[] CURVE = Der.oid("1.2.840.10045.2.1");
    private static final byte[] ED25519 = Der.oid("1.3.101.112");
    private static final int EXPLICIT_0 = 0xa0;

    private KeyForms() {}

    /** A private key of the form PKCS 8. */
    static PrivateKey ofPkcs8(byte[] der) throws GeneralSecurityException {
        byte[] algorithm = Der.readSequence(der).get(1).parts().get(0).whole();
        return KeyFactory.getInstance(name(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** A private RSA key of the form PKCS 1. */
    static PrivateKey ofPkcs1(byte[] der) throws GeneralSecurityException {
        return ofPkcs8(Der.sequence(Der.integer(0), Der.sequence(RSA, Der.nothing()), Der.octets(der)));
    }

    /** A private curve key of the form SEC 1; it must name its curve. */
    static PrivateKey ofSec1(byte[] der) throws GeneralSecurityException {
        List<Der.Element> parts = Der.readSequence(der);
        for (Der.Element part : parts) {
            if (part.tag() == EXPLICIT_0) {
                // without the public key, as the JDK writes its own, so that equal keys are equal
                byte[] bare = Der.sequence(Der.integer(1), parts.get(1).whole());
                return ofPkcs8(Der.sequence(Der.integer(0), Der.sequence(CURVE, part.content()), Der.octets(bare)));
            }
        }
        throw new IllegalArgumentException("the key does not name its curve");
    }

    /** A public key of the form PKIX. */
    static PublicKey ofPkix(byte[] der) throws GeneralSecurityException {
        byte[] algorithm = Der.readSequence(der).get(0).parts().get(0).whole();
        return KeyFactory.getInstance(name(algorithm)).generatePublic(new X509EncodedKeySpec(der));
    }

    /** The form that clients want of a private key, and its label. */
    static Pem.Block classic(PrivateKey key, PublicKey pair) {
        List<Der.Element> parts = Der.readSequence(key.getEncoded());
        if (key instanceof RSAPrivateKey) {
            return new Pem.Block("RSA PRIVATE KEY", parts.get(2).content());
        }
        if (key instanceof ECPrivateKey curve) {
            int size = (curve.getParams().getOrder().bitLength() + 7) / 8;
            return new Pem.Block(
                    "EC PRIVATE KEY",
                    Der.sequence(
                            Der.integer(1),
                            Der.octets(fixed(curve.getS(), size)),
                            Der.explicit(0, parts.get(1).parts().get(1).whole()),
                            Der.explicit(1, Der.bits(bits(pair)))));
        }
        return new Pem.Block("PRIVATE KEY", key.getEncoded());
    }

    /** True where a private key, also given as its PEM text, belongs to a public one. */
    static boolean fit(String text, PrivateKey key, PublicKey pair) {
        if (key instanceof RSAPrivateKey own && pair instanceof RSAPublicKey other) {
            return own.getModulus().equals(other.getModulus());
        }
        if (key instanceof ECPrivateKey && pair instanceof ECPublicKey) {
            // our own files say which public key it is; asking saves the slow first steps of curve arithmetic
            return text.equals(Pem.text(key, pair)) || signs(key, pair);
        }
        return false;
    }

    private static boolean signs(PrivateKey key, PublicKey pair) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            byte[] content = {1, 2, 3};
            signature.initSign(key);
            signature.update(content);
            byte[] signed = signature.sign();
            signature.initVerify(pair);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The bits of a public key, without the name of its algorithm. */
    static byte[] bits(PublicKey key) {
        byte[] content = Der.readSequence(key.getEncoded()).get(1).content();
        return Arrays.copyOfRange(content, 1, content.length);
    }

    private static byte[] fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] out = new byte[size];
        int length = Math.min(bytes.length, size);
        System.arraycopy(bytes, bytes.length - length, out, size - length, length);
        return out;
    }

    private static String name(byte[] oid) {
        if (Arrays.equals(oid, RSA)) {
            return "RSA";
        }
        if (Arrays.equals(oid, CURVE)) {
            return "EC";
        }
        if (Arrays.equals(oid, ED25519)) {
            return "Ed25519";
        }
        throw new IllegalArgumentException("a key of an unknown algorithm");
    }
}
