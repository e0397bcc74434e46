// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a feed tells, checks the rules of a single feed on the way, and lets a test wait for it. */
public final class RecordingListener implements FeedListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<StoreEvent> events = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long progress;
    private long lastRevision;
    private boolean ended;
    private @Nullable StoreException cause;
    private @Nullable Thread inside;

    @Override
    public void onEvents(List<StoreEvent> batch) {
        enter();
        synchronized (this) {
            check(!batch.isEmpty(), "an empty batch");
            check(batch.get(0).revision() > lastRevision, "a revision split over batches, or a step back: " + batch);
            for (StoreEvent event : batch) {
                check(event.revision() >= lastRevision, "out of order: " + event);
                check(event.revision() > progress, "progress told before its event: " + event);
                lastRevision = event.revision();
            }
            events.addAll(batch);
        }
        leave();
    }

    @Override
    public void onProgress(long revision) {
        enter();
        synchronized (this) {
            check(revision >= progress, "progress went back to " + revision);
            check(revision >= lastRevision, "progress " + revision + " after event " + lastRevision);
            progress = revision;
        }
        leave();
    }

    @Override
    public void onEnd(@Nullable StoreException endCause) {
        enter();
        synchronized (this) {
            ended = true;
            cause = endCause;
        }
        leave();
    }

    private synchronized void enter() {
        check(inside == null, "two callbacks at a time");
        check(!ended, "a callback after the end");
        inside = Thread.currentThread();
    }

    private synchronized void leave() {
        inside = null;
        notifyAll();
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            broken.add(what);
        }
    }

    /** Events so far. */
    public synchronized List<StoreEvent> events() {
        return List.copyOf(events);
    }

    public synchronized long progress() {
        return progress;
    }

    public synchronized boolean ended() {
        return ended;
    }

    /** Why it ended; null where it did not, or was closed. */
    public synchronized @Nullable StoreException cause() {
        return cause;
    }

    /** Rules that this feed broke; to be empty. */
    public synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** Waits until something is true of this feed. */
    public synchronized void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "; events " + events + ", progress " + progress
                        + ", " + (ended ? "ended " + cause : "open"));
            }
            try {
                wait(20);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    public void awaitEvents(int count) {
        await(count + " events", () -> events.size() >= count);
    }

    public void awaitRevision(long revision) {
        await("the event of revision " + revision, () -> lastRevision >= revision);
    }

    public void awaitEnd() {
        await("the end", () -> ended);
    }
}
