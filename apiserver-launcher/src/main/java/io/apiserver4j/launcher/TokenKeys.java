// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Pem;
import io.apiserver4j.launcher.Options.Tokens;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of service-account tokens that were given: each file may hold public keys, certificates or a private key, of which
 * the public one is meant.
 *
 * @param verifiers the keys that verify
 * @param signer the key that signs; null where none was given
 */
record TokenKeys(List<PublicKey> verifiers, @Nullable KeyPair signer) {
    /**
     * Reads the files.
     *
     * @throws Refusal where one can't be read or holds no key
     */
    static TokenKeys of(Tokens tokens) throws Refusal {
        List<PublicKey> verifiers = new ArrayList<>();
        for (Path file : tokens.verifiers()) {
            verifiers.add(verifier(file));
        }
        Path signer = tokens.signer();
        return new TokenKeys(List.copyOf(verifiers), signer == null ? null : pair(signer));
    }

    private static PublicKey verifier(Path file) throws Refusal {
        try {
            String text = SystemErrors.read(file);
            // Of a private key its public half, as some harnesses have but the one file.
            return text.contains("PRIVATE KEY-----") ? PublicKeys.of(Pem.privateKey(text)) : Pem.verifier(text);
        } catch (Refusal e) {
            throw Refusal.of("failed to set up public service account keys: " + e.reason());
        } catch (IllegalArgumentException e) {
            throw Refusal.of("failed to set up public service account keys: error reading public key file " + file
                    + ": data does not contain any valid RSA or ECDSA public keys");
        }
    }

    private static KeyPair pair(Path file) throws Refusal {
        try {
            PrivateKey key = Pem.privateKey(SystemErrors.read(file));
            return new KeyPair(PublicKeys.of(key), key);
        } catch (Refusal e) {
            throw Refusal.of("failed to parse service-account-issuer-key-file: " + e.reason());
        } catch (IllegalArgumentException e) {
            throw Refusal.of("failed to parse service-account-issuer-key-file: error reading private key file " + file
                    + ": data does not contain a valid RSA or ECDSA private key");
        }
    }
}
