// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * What a priority level is asked to be.
 *
 * @param exempt true where calls never wait
 * @param queues number of queues; 0 where calls beyond the seats are sent away at once
 * @param borrowPercent how much more than its own it may have, in percent; null for as much as there is
 */
record LevelConfig(
        String name,
        String uid,
        boolean exempt,
        long shares,
        long lendPercent,
        @Nullable Long borrowPercent,
        int queues,
        int handSize,
        int queueLength) {
    private static final long DEFAULT_SHARES = 30;

    /** What an object says; null where it contradicts itself, and is as good as missing. */
    static @Nullable LevelConfig of(ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        String name = metadata.stringOrEmpty("name");
        String uid = metadata.stringOrEmpty("uid");
        ObjectValue spec = object.objectOrEmpty("spec");
        boolean exempt = spec.stringOrEmpty("type").equals("Exempt");
        if (exempt != name.equals(FlowSchema.EXEMPT)) {
            return null;
        }
        ObjectValue says = spec.objectOrEmpty(exempt ? "exempt" : "limited");
        long shares = says.longOr("nominalConcurrencyShares", exempt ? 0 : DEFAULT_SHARES);
        long lend = says.longOr("lendablePercent", 0);
        Long borrow = says.getLong("borrowingLimitPercent");
        ObjectValue response = says.objectOrEmpty("limitResponse");
        ObjectValue queuing = response.objectOrEmpty("queuing");
        if (exempt || !response.stringOrEmpty("type").equals("Queue")) {
            return new LevelConfig(name, uid, exempt, shares, lend, borrow, 0, 1, 0);
        }
        int queues = (int) queuing.longOr("queues", 64);
        int hand = (int) queuing.longOr("handSize", 8);
        int length = (int) queuing.longOr("queueLengthLimit", 50);
        return hand < 1 || hand > queues
                ? null
                : new LevelConfig(name, uid, false, shares, lend, borrow, queues, hand, length);
    }

    /** The two levels that are there in any case, while nobody has made them. */
    static LevelConfig imagined(String name) {
        return name.equals(FlowSchema.EXEMPT)
                ? new LevelConfig(name, "", true, 0, 0, null, 0, 1, 0)
                : new LevelConfig(name, "", false, 5, 0, null, 0, 1, 0);
    }
}
