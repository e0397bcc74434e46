// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One queue of a priority level: those who wait in it, and what those who came from it have in use. Guarded by its level. */
final class FlowQueue {
    private final Queue<Ticket> waiting = new ArrayDeque<>(0);
    private double work;
    private int seatsWaiting;

    /** The level's progress at which the next of this queue would begin in a fair world. */
    double next;

    int executing;
    int seatsInUse;

    boolean isIdle() {
        return executing == 0 && seatsInUse == 0 && waiting.isEmpty();
    }

    /** True while it takes part in the sharing of seats. */
    boolean isActive() {
        return executing > 0 || !waiting.isEmpty();
    }

    int length() {
        return waiting.size();
    }

    /** The work that waits, in seconds of seats. */
    double work() {
        return work;
    }

    int seatsWaiting() {
        return seatsWaiting;
    }

    @Nullable
    Ticket first() {
        return waiting.peek();
    }

    void add(Ticket ticket) {
        waiting.add(ticket);
        work += ticket.estimate.work();
        seatsWaiting += ticket.estimate.seats();
    }

    void remove(Ticket ticket) {
        if (waiting.remove(ticket)) {
            work = waiting.isEmpty() ? 0 : work - ticket.estimate.work();
            seatsWaiting -= ticket.estimate.seats();
        }
    }

    /** Nobody begins before having come: a queue that could not use its part for a time has no claim to it later. */
    void bound() {
        Ticket first = waiting.peek();
        if (first != null && next < first.arrivedAt) {
            next = first.arrivedAt;
        }
    }

    List<Ticket> list() {
        return new ArrayList<>(waiting);
    }
}
