// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Interrupts the threads of calls that are past their time, so that what they wait for does not hold them. Looks a few times
 * a second while there are calls, and not at all while there are none.
 */
final class CallWatchdog {
    private static final long PERIOD_MILLIS = 100;

    private final ScheduledExecutorService timer;
    private final Set<Watched> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    CallWatchdog(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** A call on this thread, until it is closed on this thread. */
    final class Watched implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final long end;
        private boolean interrupted; // guarded by this
        private boolean closed; // guarded by this

        private Watched(long end) {
            this.end = end;
        }

        /** True where the time is over. */
        boolean isLate() {
            return System.nanoTime() - end >= 0;
        }

        private synchronized void look() {
            if (!closed && !interrupted && isLate()) {
                interrupted = true;
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            calls.remove(this);
            synchronized (this) {
                closed = true;
                if (interrupted) {
                    boolean unused = Thread.interrupted(); // it was meant for this call, not for the next one
                }
            }
        }
    }

    /** Watches the call that this thread begins. */
    Watched watch(long nanos) {
        Watched call = new Watched(System.nanoTime() + nanos);
        calls.add(call);
        if (!looking.get() && looking.compareAndSet(false, true)) {
            again();
        }
        return call;
    }

    private void again() {
        try {
            timer.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            looking.set(false); // the server closes
        }
    }

    private void look() {
        calls.forEach(Watched::look);
        if (!calls.isEmpty()) {
            again();
            return;
        }
        looking.set(false);
        if (!calls.isEmpty() && looking.compareAndSet(false, true)) {
            again(); // one came just now
        }
    }
}
