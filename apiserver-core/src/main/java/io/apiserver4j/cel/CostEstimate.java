// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/** The least and the most that something may cost. The most is {@link Long#MAX_VALUE} where there is no bound. */
public record CostEstimate(long min, long max) {
    /** Nothing. */
    public static final CostEstimate NONE = new CostEstimate(0, 0);

    static CostEstimate of(long cost) {
        return new CostEstimate(cost, cost);
    }

    CostEstimate plus(CostEstimate other) {
        return new CostEstimate(add(min, other.min), add(max, other.max));
    }

    CostEstimate times(CostEstimate other) {
        return new CostEstimate(multiply(min, other.min), multiply(max, other.max));
    }

    CostEstimate times(double factor) {
        return new CostEstimate(multiply(min, factor), multiply(max, factor));
    }

    CostEstimate union(CostEstimate other) {
        return new CostEstimate(Math.min(min, other.min), Math.max(max, other.max));
    }

    private static long add(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The product, or the largest number. */
    public static long multiply(long left, long right) {
        return left == 0 || right == 0 ? 0 : left > Long.MAX_VALUE / right ? Long.MAX_VALUE : left * right;
    }

    private static long multiply(long left, double factor) {
        if (left == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        double product = Math.ceil(left * factor);
        return product >= 0x1p63 ? Long.MAX_VALUE : (long) product;
    }
}
