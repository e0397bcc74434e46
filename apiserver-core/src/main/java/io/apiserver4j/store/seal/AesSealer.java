// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES with one key, in the two modes of kube-apiserver: what is needed to open stands before the bytes. */
final class AesSealer {
    private static final int BLOCK = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    static final String TOO_SHORT = "the stored data was shorter than the required size";

    private AesSealer() {}

    /** Cipher block chaining: an initial block, then the padded bytes; nothing shows whether somebody changed them. */
    record Cbc(SecretKeySpec key) implements Sealer {
        Cbc(byte[] key) {
            this(new SecretKeySpec(key, "AES"));
        }

        @Override
        public byte[] seal(String path, byte[] plain) {
            int padding = BLOCK - plain.length % BLOCK;
            byte[] padded = Arrays.copyOf(plain, plain.length + padding);
            Arrays.fill(padded, plain.length, padded.length, (byte) padding);
            byte[] initial = new byte[BLOCK];
            RANDOM.nextBytes(initial);
            byte[] out = Arrays.copyOf(initial, BLOCK + padded.length);
            run(Cipher.ENCRYPT_MODE, initial, padded, 0, out, BLOCK);
            return out;
        }

        @Override
        public Opened open(String path, byte[] sealed) {
            if (sealed.length < BLOCK) {
                throw new SealException(TOO_SHORT);
            }
            if (sealed.length % BLOCK != 0) {
                throw new SealException("the stored data is not a multiple of the block size");
            }
            if (sealed.length == BLOCK) {
                throw new SealException("invalid PKCS7 data (empty or not padded)");
            }
            byte[] padded = new byte[sealed.length - BLOCK];
            run(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, BLOCK), sealed, BLOCK, padded, 0);
            int padding = padded[padded.length - 1] & 0xff;
            if (padding == 0 || padding > padded.length) {
                throw new SealException("invalid PKCS7 data (empty or not padded)");
            }
            for (int i = padded.length - padding; i < padded.length; i++) {
                if (padded[i] != padded[padded.length - 1]) {
                    throw new SealException("invalid padding on input");
                }
            }
            return new Opened(Arrays.copyOf(padded, padded.length - padding), false);
        }

        private void run(int mode, byte[] initial, byte[] in, int from, byte[] out, int to) {
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
                cipher.init(mode, key, new IvParameterSpec(initial));
                cipher.doFinal(in, from, in.length - from, out, to);
            } catch (GeneralSecurityException e) {
                throw new SealException("AES-CBC: " + e.getMessage(), e);
            }
        }
    }

    /** Galois counter mode: a random number, then the bytes with their mark; bound to the key they are stored under. */
    record Gcm(SecretKeySpec key) implements Sealer {
        Gcm(byte[] key) {
            this(new SecretKeySpec(key, "AES"));
        }

        @Override
        public byte[] seal(String path, byte[] plain) {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            byte[] out = Arrays.copyOf(nonce, NONCE + plain.length + TAG_BITS / 8);
            try {
                cipher(Cipher.ENCRYPT_MODE, nonce, path).doFinal(plain, 0, plain.length, out, NONCE);
            } catch (GeneralSecurityException e) {
                throw new SealException("AES-GCM: " + e.getMessage(), e);
            }
            return out;
        }

        @Override
        public Opened open(String path, byte[] sealed) {
            if (sealed.length < NONCE) {
                throw new SealException(TOO_SHORT);
            }
            try {
                byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), path)
                        .doFinal(sealed, NONCE, sealed.length - NONCE);
                return new Opened(plain, false);
            } catch (AEADBadTagException e) {
                throw new SealException("cipher: message authentication failed", e);
            } catch (GeneralSecurityException e) {
                throw new SealException("AES-GCM: " + e.getMessage(), e);
            }
        }

        private Cipher cipher(int mode, byte[] nonce, String path) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(path.getBytes(StandardCharsets.UTF_8));
            return cipher;
        }
    }
}
