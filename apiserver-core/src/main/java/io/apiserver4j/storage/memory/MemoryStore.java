// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.storage.StoreStats;
import io.apiserver4j.storage.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap.
 *
 * <p>Revisions are as in etcd: 1 for the empty store, then one more for each commit and each expired entry. History is
 * kept for a time (five minutes, as a control plane keeps it) and within a number of bytes, whichever ends first; each
 * commit forgets what has become too old. Entries with a time to live go when the clock says so and {@link #tick} is
 * called, which a daemon thread does twice a second while there are such entries.
 *
 * <p>Threads: see the package. A commit returns after its event was delivered, unless another thread is delivering just
 * then, which delivers this one too; nobody waits for it.
 */
public final class MemoryStore implements KeyValueStore {

    /** Most that a commit forgets of the history while it holds the lock. */
    private static final int COMPACTED_PER_COMMIT = 512;

    private static final byte[] NO_BYTES = {};

    /** What readers see. The map has the entries of the tree, and may be one commit ahead of it. */
    private record State(long revision, EntryTree entries, Map<String, Entry> byKey) {}

    private final InstantSource clock;
    private final long historyMillis;
    private final long historyBytes;
    private final int maxValueBytes;

    /** Held to change anything here; taken by no reader, and never while a listener is called. */
    private final ReentrantLock writing = new ReentrantLock();

    private final RevisionLog log = new RevisionLog();
    private final PastStates past = new PastStates(log);
    private final Expiry expiry = new Expiry();
    private final FeedHub hub = new FeedHub(log, this::publishedRevision);
    private @Nullable TickThread ticking;
    private volatile long bytes;
    private volatile boolean closed;
    private volatile State state = new State(RevisionLog.GENESIS, EntryTree.EMPTY, new ConcurrentHashMap<>());

    private MemoryStore(Builder builder) {
        clock = builder.clock;
        historyMillis = builder.historyAge.toMillis();
        historyBytes = builder.historyBytes;
        maxValueBytes = builder.maxValueBytes;
    }

    /** A store with the usual settings. */
    public static MemoryStore create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public @Nullable Entry get(String key) {
        checkOpen();
        Entry entry = state.byKey.get(key);
        if (entry == null) {
            return null;
        }
        State seen = state;
        if (entry.modRevision() > seen.revision) {
            return seen.entries.get(key); // a commit is just being published, and not yet visible by other reads
        }
        return isTombstone(entry) ? null : entry;
    }

    @Override
    public RangePage range(RangeQuery query) {
        checkOpen();
        State seen = state;
        long revision = query.revision() == 0 ? seen.revision : query.revision();
        if (revision > seen.revision) {
            throw StoreException.futureRevision(seen.revision);
        }
        EntryTree entries = revision == seen.revision ? seen.entries : past.at(revision, seen.revision, seen.entries);
        int count = entries.count(query.range());
        List<Entry> page = entries.slice(query.range(), query.limit() == 0 ? Integer.MAX_VALUE : query.limit());
        boolean more = page.size() < count;
        if (more && revision == seen.revision) {
            past.keep(revision, entries);
        }
        return new RangePage(query.keysOnly() ? withoutValues(page) : page, more, count, revision);
    }

    private static List<Entry> withoutValues(List<Entry> entries) {
        return entries.stream()
                .map(e -> new Entry(e.key(), NO_BYTES, e.createRevision(), e.modRevision(), e.version(), e.lease()))
                .toList();
    }

    @Override
    public long count(KeyRange range) {
        checkOpen();
        return state.entries.count(range);
    }

    @Override
    public CommitResult commit(Precondition precondition, Write write) {
        checkOpen();
        if (write instanceof Write.Put put && put.value().length > maxValueBytes) {
            throw StoreException.tooLarge();
        }
        long revision;
        Entry current;
        writing.lock();
        try {
            checkOpen();
            current = state.byKey.get(write.key());
            if (!holds(precondition, current)) {
                return new CommitResult.Conflict(current);
            }
            long now = clock.millis();
            if (write instanceof Write.Put put) {
                revision = put(put, current, now);
            } else if (current != null) {
                revision = delete(write.key(), current, now);
            } else {
                return new CommitResult.Conflict(null);
            }
            forgetOld(now);
        } finally {
            writing.unlock();
        }
        hub.pump();
        return new CommitResult.Committed(revision, current);
    }

    private static boolean holds(Precondition precondition, @Nullable Entry current) {
        if (precondition instanceof Precondition.AtRevision at) {
            return current != null && current.modRevision() == at.modRevision();
        }
        return precondition instanceof Precondition.Any || current == null;
    }

    private long put(Write.Put put, @Nullable Entry current, long now) {
        State before = state;
        long revision = before.revision + 1;
        long lease = expiry.set(put.key(), put.ttlSeconds(), now);
        String key = current == null ? put.key() : current.key(); // one string for all versions
        long created = current == null ? revision : current.createRevision();
        long version = current == null ? 1 : current.version() + 1;
        Entry entry = new Entry(key, put.value(), created, revision, version, lease);
        bytes += size(entry) - size(current);
        log.append(new StoreEvent.Put(entry, current), now);
        before.byKey.put(entry.key(), entry);
        publish(new State(revision, before.entries.put(entry), before.byKey));
        if (lease != 0) {
            keepTicking();
        }
        return revision;
    }

    private long delete(String key, Entry current, long now) {
        State before = state;
        long revision = before.revision + 1;
        expiry.forget(key);
        bytes -= size(current);
        log.append(new StoreEvent.Delete(current.key(), revision, current), now);
        before.byKey.put(current.key(), new Entry(current.key(), NO_BYTES, 0, revision, 0, 0));
        publish(new State(revision, before.entries.remove(key), before.byKey));
        before.byKey.remove(key);
        return revision;
    }

    /** Stands in the map for a removed key until the state without it is visible. */
    private static boolean isTombstone(Entry entry) {
        return entry.version() == 0;
    }

    private void publish(State next) {
        state = next;
        past.passed(next.revision, next.entries);
    }

    private static long size(@Nullable Entry entry) {
        return entry == null ? 0 : entry.key().length() + entry.value().length;
    }

    private boolean forgetOld(long now) {
        boolean more = log.compact(now - historyMillis, historyBytes, COMPACTED_PER_COMMIT);
        past.forgetCompacted();
        return more;
    }

    @Override
    public StoreFeed watch(KeyRange range, long fromRevision, FeedListener listener) {
        checkOpen();
        long from = fromRevision == 0 ? state.revision + 1 : Math.max(fromRevision, RevisionLog.GENESIS + 1);
        MemoryFeed feed = new MemoryFeed(hub, range, from, listener);
        hub.open(feed);
        return feed;
    }

    @Override
    public void compact(long revision) {
        writing.lock();
        try {
            checkOpen();
            if (revision > state.revision) {
                throw StoreException.futureRevision(state.revision);
            }
            log.compact(revision);
            past.forgetCompacted();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long currentRevision() {
        checkOpen();
        return state.revision;
    }

    private long publishedRevision() {
        return state.revision;
    }

    @Override
    public StoreStats stats() {
        checkOpen();
        State seen = state;
        return new StoreStats(seen.entries.size(), bytes, log.bytes(), seen.revision, log.compacted(), hub.open());
    }

    @Override
    public void requestProgress() {
        checkOpen();
        hub.requestProgress();
    }

    /**
     * Does what time asks for: removes the entries that have expired, each by a revision of its own, and forgets
     * history that is too old. For tests that move the clock; otherwise it happens by itself.
     */
    public void tick() {
        checkOpen();
        boolean more = true;
        while (more) {
            writing.lock();
            try {
                if (closed) {
                    return;
                }
                long now = clock.millis();
                String due = expiry.takeDue(now);
                Entry entry = due == null ? null : state.byKey.get(due);
                if (due != null && entry != null) {
                    delete(due, entry, now);
                }
                more = forgetOld(now) || due != null;
            } finally {
                writing.unlock();
            }
            hub.pump();
        }
    }

    /** For the thread: ticks; false where the thread is no longer needed. */
    boolean tickOfThread() {
        try {
            tick();
        } catch (StoreException e) {
            return false;
        }
        writing.lock();
        try {
            if (expiry.isEmpty() || closed) {
                ticking = null;
                return false;
            }
            return true;
        } finally {
            writing.unlock();
        }
    }

    private void keepTicking() {
        if (ticking == null) {
            ticking = new TickThread(this);
            ticking.start();
        }
    }

    /** What the store holds now; takes no time and hardly any memory. */
    public MemorySnapshot snapshot() {
        writing.lock();
        try {
            checkOpen();
            return new MemorySnapshot(state.revision, state.entries, expiry.all());
        } finally {
            writing.unlock();
        }
    }

    /**
     * Puts a snapshot back: its entries, as they were, are all that is there, with the revisions and the time of expiry
     * that they had.
     *
     * <p>The revision of the store does not go back: it becomes one more than it was (or than the snapshot's, where
     * that is greater). All history is forgotten, the new revision being the compacted one, and every open feed ends as
     * {@code COMPACTED}: those who watch have to list again.
     */
    public void restore(MemorySnapshot snapshot) {
        writing.lock();
        try {
            checkOpen();
            long revision = Math.max(state.revision, snapshot.revision) + 1;
            Map<String, Entry> byKey = new ConcurrentHashMap<>(snapshot.size() * 2);
            long total = 0;
            for (Entry entry : snapshot.entries.all()) {
                byKey.put(entry.key(), entry);
                total += size(entry);
            }
            bytes = total;
            clear(new State(revision, snapshot.entries, byKey), snapshot.leases);
            if (!expiry.isEmpty()) {
                keepTicking();
            }
        } finally {
            writing.unlock();
        }
        hub.pump();
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (ticking != null) {
                ticking.interrupt();
            }
        } finally {
            writing.unlock();
        }
        hub.close();
        clear(new State(state.revision, EntryTree.EMPTY, new ConcurrentHashMap<>()), List.of());
    }

    /** Makes this the state, and the only one that is known. */
    private void clear(State only, List<Expiry.Lease> leases) {
        writing.lock();
        try {
            log.restart(only.revision);
            past.clear(only.revision);
            expiry.replaceAll(leases);
            state = only;
        } finally {
            writing.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw FeedHub.closedStore();
        }
    }

    /** Settings of a store. */
    public static final class Builder {

        private InstantSource clock = InstantSource.system();
        private Duration historyAge = Duration.ofMinutes(5);
        private long historyBytes = 64L << 20;
        private int maxValueBytes = 3 << 19;

        private Builder() {}

        /** What time it is, for expiry and the age of history; the system's clock unless set. */
        public Builder clock(InstantSource newClock) {
            clock = newClock;
            return this;
        }

        /** How long states before the current one are kept; five minutes unless set. */
        public Builder historyAge(Duration newAge) {
            if (newAge.isNegative()) {
                throw new IllegalArgumentException("negative age " + newAge);
            }
            historyAge = newAge;
            return this;
        }

        /**
         * How much may be kept for states before the current one, replaced values and their upkeep counted; 64 MiB
         * unless set.
         */
        public Builder historyBytes(long newBytes) {
            if (newBytes < 0) {
                throw new IllegalArgumentException("negative bytes " + newBytes);
            }
            historyBytes = newBytes;
            return this;
        }

        /** The largest value that is taken; 1.5 MiB unless set, etcd's limit of a request. */
        public Builder maxValueBytes(int newBytes) {
            if (newBytes < 0) {
                throw new IllegalArgumentException("negative bytes " + newBytes);
            }
            maxValueBytes = newBytes;
            return this;
        }

        public MemoryStore build() {
            return new MemoryStore(this);
        }
    }
}
