// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.io.IOException;
import java.util.Map;

/**
 * The other outside service of bytes: one that encrypts and decrypts with keys that never come here. The calls are
 * those of the key management protocol v2; a seed is encrypted per server start and decrypted per server start and key,
 * so calls are rare. Thread-safe.
 */
public interface KmsService {

    /**
     * Encrypts.
     *
     * @param uid names the call in the logs of both sides
     * @throws IOException where the service cannot be reached or refuses; the message is for the operator
     */
    Encrypted encrypt(String uid, byte[] plaintext) throws IOException;

    /**
     * Decrypts what {@link #encrypt} gave, by the key it named.
     *
     * @throws IOException where the service cannot be reached or refuses
     */
    byte[] decrypt(String uid, Encrypted encrypted) throws IOException;

    /**
     * Asks whether the service is well and which key it would use now.
     *
     * @throws IOException where the service cannot be reached
     */
    Status status() throws IOException;

    /**
     * What an encryption gave.
     *
     * @param ciphertext the encrypted bytes
     * @param keyId the key that was used, as the service calls it
     * @param annotations what the service wants back at decryption, by domain-like names
     */
    record Encrypted(byte[] ciphertext, String keyId, Map<String, byte[]> annotations) {}

    /**
     * How the service is.
     *
     * @param version the protocol it speaks, {@code v2}
     * @param healthz {@code ok}, or what is wrong
     * @param keyId the key it encrypts with now; another than before means that stored data is to be rewritten
     */
    record Status(String version, String healthz, String keyId) {}
}
