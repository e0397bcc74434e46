// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** Signatures that pods prove their keys with. */
final class Signatures {
    private static final int[] SALTS = {32, 0, 350, 478, 222, 64};

    private Signatures() {}

    static boolean verify(String algorithm, byte[] key, byte[] text, byte[] proof) throws GeneralSecurityException {
        boolean pss = algorithm.equals("RSASSA-PSS");
        String family = pss ? "RSA" : algorithm.equals("Ed25519") ? "Ed25519" : "EC";
        PublicKey publicKey = KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(key));
        if (!pss) {
            return verify(Signature.getInstance(algorithm), publicKey, text, proof);
        }
        // Go finds the length of the salt by itself; the lengths that signers use are tried
        for (int salt : SALTS) {
            Signature signature = Signature.getInstance(algorithm);
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
            if (verify(signature, publicKey, text, proof)) {
                return true;
            }
        }
        return false;
    }

    private static boolean verify(Signature signature, PublicKey key, byte[] text, byte[] proof)
            throws GeneralSecurityException {
        signature.initVerify(key);
        signature.update(text);
        try {
            return signature.verify(proof);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
