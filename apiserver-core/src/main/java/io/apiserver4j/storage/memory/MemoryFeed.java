// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One running watch. It is <em>catching up</em> while the thread that opened it replays the log to it, then
 * <em>joined</em>: the hub gives it each new event; at last it is <em>over</em>. Its callbacks are made by one thread
 * at a time: the opening one, later the hub's ticket holder.
 */
final class MemoryFeed implements StoreFeed {

    private final FeedHub hub;
    private final KeyRange range;
    private final FeedListener listener;

    /** The first revision that is still to be delivered. While joined, written no more: then the hub knows. */
    private volatile long next;

    private volatile boolean joined;
    private volatile boolean closed;
    private volatile boolean over;

    MemoryFeed(FeedHub hub, KeyRange range, long next, FeedListener listener) {
        this.hub = hub;
        this.range = range;
        this.next = next;
        this.listener = listener;
    }

    KeyRange range() {
        return range;
    }

    long next() {
        return next;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOver() {
        return over;
    }

    /** A stretch of the log, everything from {@link #next} to just before {@code end}. */
    void replay(List<StoreEvent> stretch, long end) {
        List<StoreEvent> mine = new ArrayList<>();
        for (StoreEvent event : stretch) {
            if (range.contains(event.key())) {
                mine.add(event);
            }
        }
        if (!mine.isEmpty()) {
            deliver(List.copyOf(mine));
        }
        next = end;
    }

    void join() {
        joined = true;
    }

    /** Events in the range. */
    void deliver(List<StoreEvent> events) {
        if (closed || over) {
            return;
        }
        try {
            List<StoreEvent> due = due(events);
            if (!due.isEmpty()) {
                listener.onEvents(due);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    void progress(long revision) {
        if (closed || over) {
            return;
        }
        try {
            listener.onProgress(revision);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Ends the feed, once. */
    void end(@Nullable StoreException cause) {
        if (over) {
            return;
        }
        over = true;
        hub.left(this, joined);
        try {
            listener.onEnd(closed ? null : cause);
        } catch (RuntimeException | Error e) {
            FeedHub.LOG.warn("a listener failed at the end of its feed", e);
        }
    }

    private void fail(Throwable thrown) {
        FeedHub.LOG.warn("a listener failed; its feed ends", thrown);
        end(StoreException.unavailable("the listener failed: " + thrown, thrown));
    }

    /** Without those before the revision that the feed was opened for, which may lie ahead of the store's. */
    private List<StoreEvent> due(List<StoreEvent> events) {
        int from = 0;
        while (from < events.size() && events.get(from).revision() < next) {
            from++;
        }
        return from == 0 ? events : events.subList(from, events.size());
    }

    @Override
    public long deliveredRevision() {
        return joined ? hub.delivered() : Math.min(next - 1, hub.delivered());
    }

    @Override
    public void requestProgress() {
        hub.run(() -> {
            if (joined) {
                progress(hub.delivered());
            }
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hub.run(() -> end(null));
        }
    }

    @Override
    public String toString() {
        return "feed of " + range + (over ? ", over" : ", delivered to " + deliveredRevision());
    }
}
