// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/** Finds the public half of a private key, which files mostly hold alone. */
final class PublicKeys {
    private PublicKeys() {}

    /** Fails with IllegalArgumentException where the key is neither RSA nor on a curve that tokens are signed on. */
    static PublicKey of(PrivateKey key) {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof ECPrivateKey curve) {
                return KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point(curve), curve.getParams()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("unusable key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("a key of another kind: " + key.getAlgorithm());
    }

    private static ECPoint point(ECPrivateKey key) {
        int size = key.getParams().getCurve().getField().getFieldSize();
        X9ECParameters curve = CustomNamedCurves.getByName("P-" + size);
        if (curve == null) {
            throw new IllegalArgumentException("unknown private key curve, must be 256, 384, or 521");
        }
        org.bouncycastle.math.ec.ECPoint point =
                curve.getG().multiply(key.getS()).normalize();
        BigInteger x = point.getAffineXCoord().toBigInteger();
        return new ECPoint(x, point.getAffineYCoord().toBigInteger());
    }
}
