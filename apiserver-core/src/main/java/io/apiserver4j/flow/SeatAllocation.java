// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

/**
 * Divides seats among those who want some: all get the same fraction of what they want, each at least its lower and at most
 * its upper bound.
 */
final class SeatAllocation {
    private static final int STEPS = 64;
    private static final double LEAST_TARGET = 0.001;

    private SeatAllocation() {}

    /**
     * The seats of each, and the fraction behind them as the last number. Bounds that can't be kept give as much as they
     * allow.
     */
    static double[] divide(double seats, double[] targets, double[] lower, double[] upper) {
        double low = 0;
        double high = 1;
        while (high < 1e12 && sum(high, targets, lower, upper) < seats) {
            high *= 4;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (sum(middle, targets, lower, upper) < seats) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] out = new double[targets.length + 1];
        for (int i = 0; i < targets.length; i++) {
            out[i] = share(high, targets[i], lower[i], upper[i]);
        }
        out[targets.length] = high;
        return out;
    }

    private static double sum(double fraction, double[] targets, double[] lower, double[] upper) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += share(fraction, targets[i], lower[i], upper[i]);
        }
        return sum;
    }

    private static double share(double fraction, double target, double lower, double upper) {
        return Math.max(lower, Math.min(upper, fraction * Math.max(LEAST_TARGET, target)));
    }
}
