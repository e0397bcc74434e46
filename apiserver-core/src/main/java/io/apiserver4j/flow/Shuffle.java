// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.security.SecureRandom;

/**
 * Deals each flow a hand of queues, always the same one. With queues enough, a flow that fills all of its queues shares few
 * of them with any other. The hand depends on a secret of this process, so nobody can choose names that share a hand.
 */
final class Shuffle {
    private static final long SECRET = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xBF58476D1CE4E5B9L;

    private Shuffle() {}

    /** A number that stands for a flow. */
    static long hash(String schema, String distinguisher) {
        return mix(text(text(SECRET, schema) ^ MULTIPLIER, distinguisher));
    }

    private static long text(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return mix(hash + text.length());
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * SECOND;
        mixed = (mixed ^ mixed >>> 27) * MULTIPLIER;
        return mixed ^ mixed >>> 31;
    }

    /** Fills a hand with different numbers below the size of the deck. */
    static void deal(long hash, int deck, int[] hand) {
        long left = hash;
        for (int i = 0; i < hand.length; i++) {
            left = mix(left + i);
            int card = (int) Long.remainderUnsigned(left, deck - i);
            // the earlier cards, which are kept sorted, are no longer in the deck
            int at = 0;
            while (at < i && hand[at] <= card) {
                card++;
                at++;
            }
            for (int j = i; j > at; j--) {
                hand[j] = hand[j - 1];
            }
            hand[at] = card;
        }
    }
}
