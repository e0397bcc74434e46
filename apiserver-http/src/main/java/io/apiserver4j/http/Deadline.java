// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must happen in time. Setting and clearing it costs a number, not a timer: a timer that fires too early
 * sets itself again. For use on one event loop only.
 */
final class Deadline {
    private final EventExecutor loop;
    private final Runnable missed;
    private boolean set;
    private long at;
    private long timerAt;
    private @Nullable ScheduledFuture<?> timer;

    Deadline(EventExecutor loop, Runnable missed) {
        this.loop = loop;
        this.missed = missed;
    }

    /** From now on this long; replaces what was set before. */
    void set(Duration patience) {
        at = System.nanoTime() + patience.toNanos();
        set = true;
        ScheduledFuture<?> running = timer;
        if (running == null) {
            start(patience.toNanos());
        } else if (at - timerAt < 0) {
            running.cancel(false);
            start(patience.toNanos());
        }
    }

    /** Nothing must happen any more; a timer may go on, and finds that out. */
    void clear() {
        set = false;
    }

    /** Nothing will ever be set again. */
    void end() {
        set = false;
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    private void start(long nanos) {
        timerAt = System.nanoTime() + nanos;
        timer = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        if (!set) {
            return;
        }
        long left = at - System.nanoTime();
        if (left > 0) {
            start(left);
        } else {
            set = false;
            missed.run();
        }
    }
}
