// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Several sealers, told apart by what the bytes begin with. The first one seals; all open, in order: one that fails leaves
 * it to those behind it, since two may have the same prefix while keys are exchanged.
 *
 * @param unknown what is said where no prefix fits
 */
record PrefixedSealers(List<Prefixed> sealers, String unknown) implements Sealer {
    /** What everything begins with that is encrypted. */
    static final byte[] ENCRYPTED = "k8s:enc:".getBytes(StandardCharsets.US_ASCII);

    /** A sealer and what its bytes begin with, empty for any. */
    record Prefixed(byte[] prefix, Sealer sealer) {
        Prefixed(String prefix, Sealer sealer) {
            this(prefix.getBytes(StandardCharsets.UTF_8), sealer);
        }
    }

    static boolean begins(byte[] bytes, byte[] prefix, int from) {
        if (bytes.length - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] seal(String key, byte[] plain) {
        Prefixed first = sealers.get(0);
        byte[] sealed = first.sealer.seal(key, plain);
        if (first.prefix.length == 0) {
            return sealed;
        }
        byte[] out = new byte[first.prefix.length + sealed.length];
        System.arraycopy(first.prefix, 0, out, 0, first.prefix.length);
        System.arraycopy(sealed, 0, out, first.prefix.length, sealed.length);
        return out;
    }

    @Override
    public Opened open(String key, byte[] sealed) {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < sealers.size(); i++) {
            Prefixed one = sealers.get(i);
            if (begins(sealed, one.prefix, 0)) {
                try {
                    Opened opened = one.sealer.open(key, behind(sealed, one.prefix.length));
                    return new Opened(opened.bytes(), opened.stale() || i != 0);
                } catch (SealException e) {
                    if (one.prefix.length > 0) {
                        failures.add(String.valueOf(e.getMessage()));
                    }
                }
            }
        }
        throw new SealException(failures.isEmpty() ? unknown : joined(failures));
    }

    private static byte[] behind(byte[] bytes, int from) {
        return from == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** One failure alone, several as Kubernetes joins them. */
    private static String joined(List<String> failures) {
        Set<String> different = new LinkedHashSet<>(failures);
        return different.size() == 1 ? failures.get(0) : "[" + String.join(", ", different) + "]";
    }
}
