// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

/**
 * After how many seconds those who are sent away may come back: one, doubled while many are sent away, one less when few
 * are; never more than 32.
 */
final class RetryAfter {
    private static final int MOST = 32;

    private final int[] counts = new int[2 * MOST];
    private final long[] seconds = new long[2 * MOST];
    private long current;
    private long raised;
    private int advice = 1;

    /** Counts one who is sent away at a second, and says what to tell. */
    synchronized int sentAway(long second) {
        if (second != current) {
            current = second;
            int slot = slot(second);
            counts[slot] = 0;
            seconds[slot] = second;
            adjust(second);
        }
        counts[slot(second)]++;
        return advice;
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, 2L * MOST);
    }

    private void adjust(long second) {
        long dropped = 0;
        for (long past = second - advice; past < second; past++) {
            if (seconds[slot(past)] == past) {
                dropped += counts[slot(past)];
            }
        }
        if (dropped >= 3L * advice && second - raised >= advice) {
            advice = Math.min(MOST, advice * 2);
            raised = second;
        } else if (dropped < advice && advice > 1) {
            advice--;
        }
    }
}
