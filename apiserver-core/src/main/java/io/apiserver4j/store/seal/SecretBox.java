// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** The secret box of NaCl with one key: a random number, a mark, then the bytes. The key they are stored under is not in it. */
record SecretBox(byte[] key) implements Sealer {
    private static final int NONCE = 24;
    private static final int MARK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public byte[] seal(String path, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] out = Arrays.copyOf(nonce, NONCE + MARK + plain.length);
        box(nonce, plain, out);
        return out;
    }

    /** Writes mark and bytes behind the random number. */
    void box(byte[] nonce, byte[] plain, byte[] out) {
        XSalsa20Engine stream = stream(true, nonce);
        byte[] macKey = macKey(stream);
        stream.processBytes(plain, 0, plain.length, out, NONCE + MARK);
        byte[] mark = mark(macKey, out);
        System.arraycopy(mark, 0, out, NONCE, MARK);
    }

    @Override
    public Opened open(String path, byte[] sealed) {
        if (sealed.length < NONCE + MARK) {
            throw new SealException(AesSealer.TOO_SHORT);
        }
        XSalsa20Engine stream = stream(false, Arrays.copyOf(sealed, NONCE));
        byte[] mark = mark(macKey(stream), sealed);
        if (!MessageDigest.isEqual(mark, Arrays.copyOfRange(sealed, NONCE, NONCE + MARK))) {
            throw new SealException("output array was not large enough for encryption");
        }
        byte[] plain = new byte[sealed.length - NONCE - MARK];
        stream.processBytes(sealed, NONCE + MARK, plain.length, plain, 0);
        return new Opened(plain, false);
    }

    private XSalsa20Engine stream(boolean seals, byte[] nonce) {
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(seals, new ParametersWithIV(new KeyParameter(key), nonce));
        return stream;
    }

    /** The first half of the stream's first block. */
    private static byte[] macKey(XSalsa20Engine stream) {
        byte[] first = new byte[32];
        stream.processBytes(first, 0, first.length, first, 0);
        return first;
    }

    private static byte[] mark(byte[] macKey, byte[] box) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        mac.update(box, NONCE + MARK, box.length - NONCE - MARK);
        byte[] mark = new byte[MARK];
        mac.doFinal(mark, 0);
        return mark;
    }
}
