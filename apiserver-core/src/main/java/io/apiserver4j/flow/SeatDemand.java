// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

/** How many seats were wanted over a time: mean, spread and peak. Guarded by its priority level. */
final class SeatDemand {
    private long begun;
    private long changed;
    private double now;
    private double peak;
    private double integral;
    private double squares;

    /** What was seen of a time; a time without length has no mean. */
    record Seen(double seconds, double mean, double deviation, double peak) {}

    SeatDemand(long nanos) {
        begun = nanos;
        changed = nanos;
    }

    void set(double value, long nanos) {
        advance(nanos);
        now = value;
        if (value > peak) {
            peak = value;
        }
    }

    private void advance(long nanos) {
        double passed = Math.max(0, nanos - changed);
        integral += passed * now;
        squares += passed * now * now;
        changed = nanos;
    }

    /** What was seen until now; the next time begins. */
    Seen next(long nanos) {
        advance(nanos);
        double length = nanos - begun;
        double mean = length <= 0 ? now : integral / length;
        double variance = length <= 0 ? 0 : Math.max(0, squares / length - mean * mean);
        Seen seen = new Seen(length / 1e9, mean, Math.sqrt(variance), peak);
        begun = nanos;
        integral = 0;
        squares = 0;
        peak = now;
        return seen;
    }
}
