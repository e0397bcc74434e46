// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls may wait at once, since each holds a thread. Half of it is promised to the levels by their shares, so that
 * a flood in one never leaves another without any; the other half is for whoever comes first.
 */
final class WaitBudget {
    private final int promised;
    private final AtomicInteger common;

    WaitBudget(int calls) {
        promised = calls / 2;
        common = new AtomicInteger(calls - promised);
    }

    /** What of the promised half belongs to a level with this part of all seats. */
    int of(double part) {
        return (int) Math.max(1, promised * part);
    }

    /** Takes a place of the common half. */
    boolean take() {
        while (true) {
            int left = common.get();
            if (left <= 0) {
                return false;
            }
            if (common.compareAndSet(left, left - 1)) {
                return true;
            }
        }
    }

    /** Gives a place of the common half back. */
    void give() {
        common.incrementAndGet();
    }
}
