// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * A public key that verifies tokens, by the one algorithm of its kind: RS256, or ES256, ES384 and ES512 by the curve. The
 * token's own word on the algorithm counts only where it is that one.
 *
 * @param id the digest of the key by which tokens and key sets name it
 */
record VerifyingKey(String id, PublicKey key, JWSAlgorithm algorithm, JWSVerifier verifier) {
    /** Fails with IllegalArgumentException for other kinds of keys. */
    static VerifyingKey of(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            String id = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
            if (key instanceof RSAPublicKey rsa) {
                return new VerifyingKey(id, key, JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
            }
            if (key instanceof ECPublicKey curve) {
                return new VerifyingKey(id, key, algorithm(curve), new ECDSAVerifier(curve));
            }
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalArgumentException("unusable key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("tokens are signed by RSA or elliptic curves, not " + key.getAlgorithm());
    }

    private static JWSAlgorithm algorithm(ECPublicKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (Curve.P_256.equals(curve)) {
            return JWSAlgorithm.ES256;
        }
        if (Curve.P_384.equals(curve)) {
            return JWSAlgorithm.ES384;
        }
        if (Curve.P_521.equals(curve)) {
            return JWSAlgorithm.ES512;
        }
        throw new IllegalArgumentException("unknown private key curve, must be 256, 384, or 521");
    }

    /** True where the token is signed by this key. */
    boolean verifies(JWSObject token) {
        try {
            return algorithm.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    /** The key as key sets show it. */
    ObjectValue document() {
        ObjectEditor out = ObjectValue.builder().put("use", "sig");
        if (key instanceof RSAPublicKey rsa) {
            return out.put("kty", "RSA")
                    .put("kid", id)
                    .put("alg", algorithm.getName())
                    .put("n", Base64URL.encode(rsa.getModulus()).toString())
                    .put("e", Base64URL.encode(rsa.getPublicExponent()).toString())
                    .build();
        }
        ECPublicKey curve = (ECPublicKey) key;
        int size = curve.getParams().getCurve().getField().getFieldSize();
        return out.put("kty", "EC")
                .put("kid", id)
                .put("crv", String.valueOf(Curve.forECParameterSpec(curve.getParams())))
                .put("alg", algorithm.getName())
                .put(
                        "x",
                        ECKey.encodeCoordinate(size, curve.getW().getAffineX()).toString())
                .put(
                        "y",
                        ECKey.encodeCoordinate(size, curve.getW().getAffineY()).toString())
                .build();
    }
}
