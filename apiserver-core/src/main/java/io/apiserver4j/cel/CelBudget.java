// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/**
 * What several evaluations together may cost, and what each may. Not safe for several threads: one validation has one
 * thread.
 */
public final class CelBudget {
    /** What one evaluation may cost at the real server. */
    public static final long PER_CALL = 1_000_000;
    /** What all evaluations of a schema or a policy may cost for one object. */
    public static final long PER_OBJECT = 10_000_000;
    /** What all match conditions of one policy or webhook may cost for one object. */
    public static final long MATCH_CONDITIONS = 2_500_000;

    private final long perCall;
    private long left;

    private CelBudget(long perCall, long left) {
        this.perCall = perCall;
        this.left = left;
    }

    /** A shared budget; each evaluation may cost {@link #PER_CALL}. */
    public static CelBudget of(long shared) {
        return new CelBudget(PER_CALL, shared);
    }

    /** A shared budget and a limit of each evaluation. */
    public static CelBudget of(long shared, long perCall) {
        return new CelBudget(perCall, shared);
    }

    /** Only the limit of each evaluation. */
    public static CelBudget perCall() {
        return new CelBudget(PER_CALL, Long.MAX_VALUE);
    }

    /** What one evaluation may cost. */
    public long callLimit() {
        return perCall;
    }

    /** What is left; below zero when it is used up. */
    public long left() {
        return left;
    }

    /** Takes off what something cost. */
    public void charge(long cost) {
        left -= cost;
    }

    /** True where more was used than there was. */
    public boolean isExhausted() {
        return left < 0;
    }
}
