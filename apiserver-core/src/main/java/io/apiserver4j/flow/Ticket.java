// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Cancellation;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One call's place among the others of its priority level. The thread that got it waits by {@link #isAdmitted}, and where
 * that is true gives the seats back by {@link #close}.
 */
public final class Ticket implements AutoCloseable {
    /** Where a call stands. */
    enum State {
        WAITING,
        WORKING,
        REFUSED,
        DONE
    }

    final PriorityLevel level;
    final FlowSeries series;
    final WorkEstimate estimate;
    final String distinguisher;
    final Call call;
    final Instant arrived;
    final long enteredNanos;

    /** Its queue, where its level has queues. */
    @Nullable
    FlowQueue queue;

    /** The level's progress when it came. */
    double arrivedAt;

    /** Its neighbours among those that are worked on. */
    @Nullable
    Ticket before;

    @Nullable
    Ticket after;

    /** True where it waits at the cost of the places that are common to all levels. */
    boolean waitsInCommon;

    long startNanos;
    volatile State state = State.WAITING;
    volatile @Nullable Thread waiter;
    private volatile boolean abandoned;

    Ticket(
            PriorityLevel level,
            FlowSeries series,
            WorkEstimate estimate,
            String distinguisher,
            Call call,
            long enteredNanos) {
        this.level = level;
        this.series = series;
        this.estimate = estimate;
        this.distinguisher = distinguisher;
        this.call = call;
        this.arrived = call.arrival();
        this.enteredNanos = enteredNanos;
    }

    /** The uid of the flow schema that the call belongs to. */
    public String schemaUid() {
        return series.schema().uid();
    }

    /** The uid of the priority level that the call belongs to. */
    public String levelUid() {
        return level.config().uid();
    }

    /**
     * Waits for the seats; true where they are there.
     *
     * @param patienceNanos how long to wait at most
     * @param cancellation ends the wait when nobody waits for the answer any more
     */
    public boolean isAdmitted(long patienceNanos, Cancellation cancellation) {
        if (state == State.WORKING) {
            return true;
        }
        if (state == State.WAITING) {
            await(enteredNanos + patienceNanos, cancellation);
            series.waited(state == State.WORKING, System.nanoTime() - enteredNanos);
        }
        return state == State.WORKING;
    }

    private void await(long end, Cancellation cancellation) {
        Thread thread = Thread.currentThread();
        waiter = thread;
        cancellation.onCancel(() -> {
            abandoned = true;
            LockSupport.unpark(thread);
        });
        while (state == State.WAITING) {
            long left = end - System.nanoTime();
            if (left <= 0 || abandoned || thread.isInterrupted()) {
                level.giveUp(this);
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** Decides about one that waits; called by its level under the level's lock. */
    void decide(State decided) {
        state = decided;
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Gives the seats back, after the time that the estimate says; does nothing where there are none. */
    @Override
    public void close() {
        if (state == State.WORKING) {
            level.leave(this);
        }
    }
}
