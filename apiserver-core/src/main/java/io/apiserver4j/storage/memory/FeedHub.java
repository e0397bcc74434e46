// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is in the log to the feeds, in order, by whatever thread comes along.
 *
 * <p>There is one ticket. Who has published a revision tries to take it: who gets it delivers everything that is
 * pending, who does not may leave, as the holder looks again after giving the ticket back. So writers never wait for
 * listeners of others' events, and mostly a commit returns when its event has been delivered. What changes the set of
 * feeds is a command in a queue, worked off by the ticket holder too.
 *
 * <p>A hub that fell behind the compacted revision (listeners that block, or a restored snapshot) ends all joined feeds
 * as compacted.
 */
final class FeedHub {

    static final Logger LOG = LoggerFactory.getLogger(MemoryStore.class);

    private static final int BATCH = 256;

    /** So near to the current revision the ticket holder does the rest of catching up. */
    private static final int NEAR = BATCH;

    /** A writer that has carried so much for others hands the work to the common pool and returns to its own. */
    private static final int FAIR_SHARE = 4 * BATCH;

    private final RevisionLog log;
    private final LongSupplier published;
    private final AtomicBoolean ticket = new AtomicBoolean();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile long delivered = RevisionLog.GENESIS;
    private volatile boolean closed;

    /** The ticket holder's. */
    private final FeedIndex joined = new FeedIndex();

    FeedHub(RevisionLog log, LongSupplier published) {
        this.log = log;
        this.published = published;
    }

    /** All joined feeds have what was committed up to this revision. */
    long delivered() {
        return delivered;
    }

    int open() {
        return open.get();
    }

    /** Replays to a new feed what it asks for of the past, on this thread, and lets it join. */
    void open(MemoryFeed feed) {
        open.incrementAndGet();
        long now;
        do {
            now = published.getAsLong();
            if (!replay(feed, now)) {
                return;
            }
        } while (published.getAsLong() - now > NEAR);
        run(() -> join(feed));
    }

    void requestProgress() {
        run(() -> joined.all().forEach(feed -> feed.progress(delivered)));
    }

    /** Ends all feeds, and those that come later. */
    void close() {
        closed = true;
        run(() -> endAll(closedStore()));
    }

    static StoreException closedStore() {
        return StoreException.unavailable("the store is closed", null);
    }

    /** For a feed that is over; called by the thread that makes its callbacks. */
    void left(MemoryFeed feed, boolean wasJoined) {
        open.decrementAndGet();
        if (wasJoined) {
            joined.remove(feed);
        }
    }

    void run(Runnable command) {
        commands.add(command);
        pump();
    }

    /** Delivers what is pending, unless another thread is at it, which then delivers this too. */
    void pump() {
        long start = delivered;
        while (delivered < published.getAsLong() || !commands.isEmpty()) {
            if (!ticket.compareAndSet(false, true)) {
                return;
            }
            try {
                if (deliverPending(FAIR_SHARE)) {
                    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                        deliverPending(Long.MAX_VALUE);
                        command.run();
                    }
                }
            } finally {
                ticket.set(false);
            }
            if (delivered - start >= FAIR_SHARE) {
                ForkJoinPool.commonPool().execute(this::pump);
                return;
            }
        }
    }

    /** Whether everything was delivered that the log had when this began; false where the limit cut it short. */
    private boolean deliverPending(long limit) {
        long target = published.getAsLong();
        long last = joined.isEmpty() ? target : Math.min(target, limit == Long.MAX_VALUE ? target : delivered + limit);
        while (delivered < last && !joined.isEmpty()) {
            long end = Math.min(last, delivered + BATCH);
            List<StoreEvent> stretch = read(delivered + 1, end);
            if (stretch == null) {
                endAll(gap());
                break;
            }
            deliver(stretch);
            delivered = end;
        }
        if (joined.isEmpty()) {
            last = target;
        }
        delivered = Math.max(delivered, last);
        return last == target;
    }

    private void deliver(List<StoreEvent> stretch) {
        List<FeedIndex.Group> touched = new ArrayList<>(1);
        for (StoreEvent event : stretch) {
            for (FeedIndex.Group group : joined.covering(event.key())) {
                if (group.add(event)) {
                    touched.add(group);
                }
            }
        }
        for (FeedIndex.Group group : touched) {
            group.deliver();
        }
    }

    private void join(MemoryFeed feed) {
        if (closed) {
            feed.end(closedStore());
        } else if (replay(feed, delivered)) {
            if (feed.isClosed()) {
                feed.end(null);
            } else {
                feed.join();
                joined.add(feed);
            }
        }
    }

    /** Gives a feed that has not joined what it lacks up to this revision; false where the feed is over by that. */
    private boolean replay(MemoryFeed feed, long through) {
        while (feed.next() <= through && !feed.isOver()) {
            long end = Math.min(through, feed.next() + BATCH - 1);
            List<StoreEvent> stretch = read(feed.next(), end);
            if (stretch == null) {
                feed.end(gap());
            } else {
                feed.replay(stretch, end + 1);
            }
        }
        return !feed.isOver();
    }

    /** Why the log lacks what a feed needs. */
    private StoreException gap() {
        return closed ? closedStore() : StoreException.compacted(log.compacted());
    }

    private void endAll(StoreException cause) {
        joined.all().forEach(feed -> feed.end(cause));
    }

    private @Nullable List<StoreEvent> read(long from, long through) {
        List<StoreEvent> stretch = new ArrayList<>((int) (through - from + 1));
        for (long revision = from; revision <= through; revision++) {
            StoreEvent event = log.get(revision);
            if (event == null) {
                return null;
            }
            stretch.add(event);
        }
        return stretch;
    }
}
