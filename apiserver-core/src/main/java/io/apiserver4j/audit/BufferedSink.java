// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in memory and hands them on in batches, on a thread of its own: calls never wait for it. Events that come
 * while the memory is full are lost, and counted.
 */
public final class BufferedSink implements AuditSink {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final AuditSink target;
    private final BlockingQueue<AuditEvent> buffer;
    private final Batches batches;
    private final IntConsumer lost;
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * How events become batches.
     *
     * @param buffer events that are kept at most
     * @param most events of a batch
     * @param patience how long a batch waits to get full
     * @param perSecond batches a second on average, 0 for any number
     * @param burst batches at once after a quiet time
     */
    public record Batches(int buffer, int most, Duration patience, double perSecond, int burst) {}

    /** A sink before another; {@code lost} takes the number of events that there was no room for. */
    public BufferedSink(AuditSink target, Batches batches, IntConsumer lost) {
        this.target = target;
        this.batches = batches;
        this.lost = lost;
        buffer = new ArrayBlockingQueue<>(batches.buffer());
    }

    @Override
    public boolean keep(List<AuditEvent> events) {
        int dropped = 0;
        for (AuditEvent event : events) {
            if (closed || !buffer.offer(event)) {
                dropped++;
            }
        }
        if (dropped > 0) {
            lost.accept(dropped);
        }
        if (worker.get() == null) {
            start();
        }
        return true;
    }

    private void start() {
        Thread thread = new Thread(this::work, "apiserver4j-audit");
        thread.setDaemon(true);
        if (worker.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    private void work() {
        double allowance = batches.burst();
        long counted = System.nanoTime();
        try {
            while (!closed || !buffer.isEmpty()) {
                List<AuditEvent> batch = next();
                if (batch.isEmpty()) {
                    continue;
                }
                if (batches.perSecond() > 0 && !closed) {
                    long now = System.nanoTime();
                    allowance = Math.min(batches.burst(), allowance + (now - counted) / 1e9 * batches.perSecond());
                    counted = now;
                    if (allowance < 1) {
                        TimeUnit.NANOSECONDS.sleep((long) ((1 - allowance) / batches.perSecond() * 1e9));
                    }
                    allowance--;
                }
                target.keep(batch);
            }
        } catch (InterruptedException e) {
            closed = true; // nobody waits any more for what is left
        }
    }

    private List<AuditEvent> next() throws InterruptedException {
        List<AuditEvent> batch = new ArrayList<>();
        AuditEvent first = buffer.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long end = System.nanoTime() + batches.patience().toNanos();
        while (batch.size() < batches.most()) {
            buffer.drainTo(batch, batches.most() - batch.size());
            long left = end - System.nanoTime();
            if (batch.size() >= batches.most() || left <= 0 || closed) {
                return batch;
            }
            AuditEvent more = buffer.poll(Math.min(left, 100_000_000L), TimeUnit.NANOSECONDS);
            if (more != null) {
                batch.add(more);
            }
        }
        return batch;
    }

    /** Hands on what it has, within a few seconds. */
    @Override
    public void close() {
        closed = true;
        Thread thread = worker.get();
        if (thread != null) {
            try {
                thread.join(LAST_WORDS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
        target.close();
    }
}
