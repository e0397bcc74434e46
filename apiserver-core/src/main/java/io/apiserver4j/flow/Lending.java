// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.util.ArrayList;
import java.util.List;

/** Lets levels that have more seats than they use lend them to those that want more, anew every ten seconds. */
final class Lending {
    /** How often. */
    static final long PERIOD_NANOS = 10_000_000_000L;

    /** What is left of a demand in the next period: half of it after five minutes. */
    private static final double DECAY = 0.977;

    private Lending() {}

    /** What a level keeps in any case: what it may not lend, and what it used of its own of late. */
    static double floor(PriorityLevel.Limits limits, SeatDemand.Seen seen) {
        return Math.max(limits.least(), Math.min(limits.nominal(), Math.round(seen.peak())));
    }

    /**
     * Sets the seats of all levels.
     *
     * @param total all seats
     * @param periods how many periods have passed
     * @return the part of what they want that all get
     */
    static double adjust(List<PriorityLevel> levels, int total, long periods) {
        double decay = Math.pow(DECAY, Math.max(1, periods));
        List<PriorityLevel> limited = new ArrayList<>();
        double left = total;
        double leastSum = 0;
        double floorSum = 0;
        for (PriorityLevel level : levels) {
            SeatDemand.Seen seen = level.demand(decay);
            if (level.config().exempt()) {
                int now = (int) Math.max(level.limits().least(), Math.round(seen.peak()));
                left -= now;
                level.limit(now);
            } else {
                limited.add(level);
                leastSum += level.limits().least();
            }
        }
        int count = limited.size();
        double[] targets = new double[count];
        double[] lower = new double[count];
        double[] upper = new double[count];
        for (int i = 0; i < count; i++) {
            PriorityLevel level = limited.get(i);
            lower[i] = floor(level.limits(), level.dump().seen());
            upper[i] = level.limits().most();
            targets[i] = Math.max(lower[i], level.smoothed());
            floorSum += lower[i];
        }
        if (left <= floorSum) { // those that never wait have taken so much that nobody gets more than the floor
            double part = left <= leastSum || floorSum <= leastSum ? 0 : (left - leastSum) / (floorSum - leastSum);
            for (int i = 0; i < count; i++) {
                int least = limited.get(i).limits().least();
                limited.get(i).limit((int) (least + Math.round((lower[i] - least) * part)));
            }
            return 0;
        }
        double[] seats = SeatAllocation.divide(total, targets, lower, upper);
        for (int i = 0; i < count; i++) {
            limited.get(i).limit((int) Math.round(seats[i]));
        }
        return seats[count];
    }
}
