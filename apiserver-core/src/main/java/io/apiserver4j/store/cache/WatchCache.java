// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.StoredSizes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One resource's state as a persistent snapshot, its recent events, and its watchers. Kept current by one feed of the
 * store. Lock order: the cache's lock is taken inside of nothing and calls out of nothing.
 */
public final class WatchCache implements AutoCloseable {
    /** How many events are kept for watchers that come back. */
    static final int WINDOW = 1024;

    /** How many objects are read at once, so that no answer of a store is without bounds. */
    private static final int PAGE = 10_000;

    /** A request for progress may be lost, so it is made again after this time. */
    private static final long ASK_AGAIN_NANOS = 100_000_000;

    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(3);

    private final KeyValueStore store;
    private final KeyRange range;
    private final Function<Entry, StoredObject> reader;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ArrayDeque<ObjectEvent> window = new ArrayDeque<>();
    private final Object lock = new Object();

    private volatile Snapshot state = new Snapshot(SnapshotTree.empty(), 0);
    private long windowStart; // events after this revision are in the window; guarded by lock
    private long eventCount; // number of the last event in the window; guarded by lock
    private boolean current; // false while the state is read anew after the store cut the feed; guarded by lock
    private volatile @Nullable StoreFeed feed;
    private volatile boolean closed;
    private volatile boolean broken;

    /** A feed, and the number of the last event that was replayed to it when it joined. */
    private record Watcher(ObjectFeed feed, long replayed) {
        @Override
        public boolean equals(
                @Nullable Object other) { // by hand: a record's own is linked at run time, which costs a start
            // milliseconds
            return other instanceof Watcher that && feed == that.feed && replayed == that.replayed;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(feed);
        }
    }

    /** State at a revision. */
    private record Snapshot(SnapshotTree<StoredObject> tree, long revision) {}

    /** Objects in key order, as they were at a revision. */
    public record View(Iterable<StoredObject> objects, long revision) {}

    /** A cache over a range of keys; {@code reader} makes objects of entries. Call {@link #start} before use. */
    public WatchCache(KeyValueStore store, KeyRange range, Function<Entry, StoredObject> reader) {
        this.store = store;
        this.range = range;
        this.reader = reader;
    }

    /** Reads the present state and follows the store from there; returns when the state is in. */
    public WatchCache start() {
        RangePage page = store.range(new RangeQuery(range, PAGE, 0, false));
        long revision = page.revision();
        SnapshotTree<StoredObject> tree = SnapshotTree.empty();
        while (true) {
            for (Entry entry : page.entries()) {
                tree = tree.with(entry.key(), reader.apply(entry));
            }
            if (!page.more()) {
                break;
            }
            String next = page.entries().get(page.entries().size() - 1).key() + "\0";
            page = store.range(new RangeQuery(range.startingAt(next), PAGE, revision, false));
        }
        synchronized (lock) {
            state = new Snapshot(tree, revision);
            windowStart = revision;
            current = true;
            lock.notifyAll();
        }
        StoreFeed following = store.watch(range, revision + 1, new Follower());
        feed = following;
        if (closed) { // meanwhile
            following.close();
        }
        return this;
    }

    /** How much there is now, about. */
    public StoredSizes sizes() {
        SnapshotTree<StoredObject> tree = state.tree();
        List<StoredObject> some = tree.sample();
        long bytes = 0;
        for (StoredObject object : some) {
            bytes += object.bytes().length;
        }
        return new StoredSizes(tree.size(), some.isEmpty() ? 0 : (int) (bytes / some.size()));
    }

    private final class Follower implements FeedListener {
        @Override
        public void onEvents(List<StoreEvent> events) {
            List<ObjectEvent> made = new ArrayList<>(events.size());
            long number;
            synchronized (lock) {
                number = eventCount;
                SnapshotTree<StoredObject> tree = state.tree();
                long revision = state.revision();
                for (StoreEvent event : events) {
                    ObjectEvent one = convert(event, tree);
                    if (one == null || one.revision() <= revision && one.revision() <= windowStart) {
                        continue;
                    }
                    tree = one.type() == ObjectEvent.Type.DELETED
                            ? tree.without(one.object().key())
                            : tree.with(one.object().key(), one.object());
                    revision = Math.max(revision, one.revision());
                    window.addLast(one);
                    if (window.size() > WINDOW) {
                        windowStart = window.removeFirst().revision();
                    }
                    made.add(one);
                }
                eventCount += made.size();
                state = new Snapshot(tree, revision);
                lock.notifyAll();
            }
            for (ObjectEvent event : made) {
                number++;
                for (Watcher watcher : watchers) {
                    if (number > watcher.replayed()) {
                        watcher.feed().offer(event);
                    }
                }
            }
        }

        private @Nullable ObjectEvent convert(StoreEvent event, SnapshotTree<StoredObject> tree) {
            if (event instanceof StoreEvent.Put put) {
                StoredObject object = reader.apply(put.entry());
                StoredObject previous = tree.get(object.key());
                return ObjectEvent.of(
                        previous == null ? ObjectEvent.Type.ADDED : ObjectEvent.Type.MODIFIED, object, previous);
            }
            StoreEvent.Delete delete = (StoreEvent.Delete) event;
            StoredObject previous = tree.get(delete.key());
            return previous == null
                    ? null
                    : ObjectEvent.of(ObjectEvent.Type.DELETED, previous.at(delete.revision()), previous);
        }

        @Override
        public void onProgress(long revision) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }

        @Override
        public void onEnd(@Nullable StoreException cause) {
            restart();
        }
    }

    /**
     * The store cut the feed (compaction, restore, lost connection): watchers must list anew, and so does the cache. Nobody
     * may join meanwhile, since what happened in between is in no window.
     */
    private void restart() {
        List<Watcher> ended;
        synchronized (lock) {
            current = false;
            window.clear();
            windowStart = Long.MAX_VALUE;
            ended = List.copyOf(watchers);
            watchers.clear();
        }
        try {
            if (!closed) {
                start();
            }
        } catch (RuntimeException e) { // the store does not answer, or what it has can't be read
            broken = true; // who asks next makes a new cache
        } finally {
            ApiException cause = closed
                    ? null
                    : Status.expired("The resourceVersion for the provided watch is too old.")
                            .asException();
            ended.forEach(one -> one.feed().end(cause));
        }
    }

    /** True where the store cut the feed and could not be read any more: this cache will never be current again. */
    public boolean isBroken() {
        return broken;
    }

    /** The revision up to which this cache knows everything of its range. */
    public long revision() {
        StoreFeed following = feed;
        long delivered = following == null ? 0 : following.deliveredRevision();
        return Math.max(state.revision(), delivered);
    }

    /**
     * The revision up to which every watcher has been offered everything: behind {@link #revision()} while a batch is
     * being told, so that a bookmark of it never overtakes an event.
     */
    public long deliveredRevision() {
        StoreFeed following = feed;
        return following == null ? 0 : following.deliveredRevision();
    }

    /** Waits until the cache knows everything up to a revision; false where that takes longer than the patience. */
    public boolean awaitRevision(long revision, Duration patience) {
        if (revision() >= revision) {
            return true;
        }
        long asked = System.nanoTime();
        long end = asked + patience.toNanos();
        askProgress();
        synchronized (lock) {
            while (revision() < revision) {
                long now = System.nanoTime();
                long left = end - now;
                if (left <= 0) {
                    return false;
                }
                if (now - asked > ASK_AGAIN_NANOS) {
                    asked = now;
                    askProgress();
                }
                try {
                    // the delivered revision of other ranges moves without a call, so look again soon
                    lock.wait(Math.min(Math.max(left / 1_000_000, 1), 2));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    private void askProgress() {
        StoreFeed following = feed;
        if (following != null) {
            following.requestProgress();
        }
    }

    /** The objects whose keys begin with a prefix, from a key on, as they are now. */
    public View view(String prefix, String from) {
        long known = revision(); // before the state: a state may be newer than it says, never older
        Snapshot now = state;
        return new View(now.tree().range(prefix, from), Math.max(known, now.revision()));
    }

    /** Number of objects. */
    public int size() {
        return state.tree().size();
    }

    /** The object of a key as the cache has it, or null. */
    public @Nullable StoredObject peek(String key) {
        return state.tree().get(key);
    }

    /**
     * Starts a watcher behind a revision that lies in the window.
     *
     * @return the feed, or null where the events behind that revision are no longer in the window
     */
    public @Nullable ObjectFeed watch(long afterRevision, Predicate<StoredObject> filter, FeedSink sink) {
        synchronized (lock) {
            return afterRevision < windowStart ? null : join(afterRevision, filter, sink);
        }
    }

    /**
     * Starts a watcher with the state as it is now: each object of a prefix is given to {@code initial} before any event.
     * Returns the feed and, through {@code initial}'s end, the revision of the state.
     */
    public ObjectFeed watchWithState(
            String prefix, Predicate<StoredObject> filter, FeedSink sink, ObjLongConsumer<List<StoredObject>> initial) {
        List<StoredObject> objects = new ArrayList<>();
        synchronized (lock) {
            awaitCurrent();
            long revision = revision();
            Snapshot now = state;
            for (StoredObject object : now.tree().range(prefix, "")) {
                if (filter.test(object)) {
                    objects.add(object);
                }
            }
            initial.accept(objects, Math.max(revision, now.revision()));
            return join(now.revision(), filter, sink);
        }
    }

    private void awaitCurrent() {
        long end = System.nanoTime() + RESTART_PATIENCE.toNanos();
        while (!current && !closed) {
            if (broken || System.nanoTime() > end) {
                throw StoreException.unavailable("the objects can't be read", null);
            }
            try {
                lock.wait(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StoreException.unavailable("interrupted while objects are read", e);
            }
        }
    }

    /** Makes a feed known while the lock is held, and replays what lies between its start and now. */
    private ObjectFeed join(long afterRevision, Predicate<StoredObject> filter, FeedSink sink) {
        Watcher[] self = new Watcher[1];
        ObjectFeed made = new ObjectFeed(afterRevision, filter, sink, () -> watchers.remove(self[0]));
        Watcher watcher = new Watcher(made, eventCount);
        self[0] = watcher;
        for (ObjectEvent event : window) {
            made.offer(event);
        }
        watchers.add(watcher);
        if (made.isClosed()) { // cut off by what was replayed
            watchers.remove(watcher);
        }
        return made;
    }

    /** Number of watchers. */
    public int watchers() {
        return watchers.size();
    }

    @Override
    public void close() {
        closed = true;
        StoreFeed following = feed;
        if (following != null) {
            following.close();
        }
        List<Watcher> ended = List.copyOf(watchers);
        watchers.clear();
        ended.forEach(one -> one.feed().end(null));
    }
}
