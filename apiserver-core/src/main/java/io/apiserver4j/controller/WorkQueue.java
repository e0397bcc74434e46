// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that something is to be done about, each at most once at a time; what fails is tried again, ever later. Safe for use
 * by several threads; the work itself runs on the executor.
 *
 * @param <K> what names a piece of work
 */
public final class WorkQueue<K> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor;
    private final Function<K, @Nullable Duration> work;
    private final Set<K> waiting = new HashSet<>();
    private final Map<K, Duration> retries = new HashMap<>();

    /**
     * A queue.
     *
     * @param work does what is to be done about a key; gives when to look again, or null
     */
    public WorkQueue(ScheduledExecutorService executor, Function<K, @Nullable Duration> work) {
        this.executor = executor;
        this.work = work;
    }

    /** Something is to be done about a key. */
    public void add(K key) {
        addAfter(key, Duration.ZERO);
    }

    private void addAfter(K key, Duration delay) {
        synchronized (this) {
            if (!waiting.add(key)) {
                return;
            }
        }
        try {
            executor.schedule(() -> run(key), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped before {} was done", key);
        }
    }

    private void run(K key) {
        synchronized (this) {
            waiting.remove(key);
        }
        Duration again;
        try {
            again = work.apply(key);
            synchronized (this) {
                retries.remove(key);
            }
        } catch (RuntimeException e) {
            LOG.debug("work on {} failed, will be tried again", key, e);
            synchronized (this) {
                again = retries.merge(key, FIRST_RETRY, (before, first) -> {
                    Duration doubled = before.multipliedBy(2);
                    return doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
                });
            }
        }
        if (again != null) {
            addAfter(key, again);
        }
    }
}
