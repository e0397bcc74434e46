// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

/**
 * What a call is expected to take.
 *
 * @param initial seats while it is worked on
 * @param last seats that it has for a while after its answer, when its watchers are told
 * @param lingerNanos how long that is
 */
record WorkEstimate(int initial, int last, long lingerNanos) {
    /** How long a call is taken to last before it is known, in seconds. */
    static final double GUESS = 0.003;

    /** A call like most. */
    static final WorkEstimate ONE = new WorkEstimate(1, 0, 0);

    /** Seats that must be free for it. */
    int seats() {
        return Math.max(initial, last);
    }

    /** All of it, in seconds of seats. */
    double work() {
        return initial * GUESS + last * (lingerNanos / 1e9);
    }
}
