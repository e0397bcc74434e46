// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.filestore;

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
import io.apiserver4j.storage.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store whose state outlives the process: a memory store that answers, and a {@link Journal} of all its events, from which
 * it is made anew. A commit returns when its event is in the file, so what was told to a client is not lost. The journal is
 * never shortened: this is an example.
 */
public final class FileStore implements KeyValueStore {
    private final MemoryStore memory;
    private final Journal journal;
    private final StoreFeed feed;
    /** When values with a time to live end, in milliseconds, until their event comes. Values are told apart by identity. */
    private final Map<byte[], Long> ends = Collections.synchronizedMap(new IdentityHashMap<>());

    private final InstantSource clock;

    private FileStore(MemoryStore memory, Journal journal, InstantSource clock) {
        this.memory = memory;
        this.journal = journal;
        this.clock = clock;
        feed = memory.watch(KeyRange.all(), memory.currentRevision() + 1, new Writer());
    }

    /** The store of a file, which is made where it is missing; what a crash left half written is cut off. */
    public static FileStore open(Path file, InstantSource clock) throws IOException {
        MemoryStore memory = MemoryStore.builder().clock(clock).build();
        Journal journal = Journal.open(file, (key, value, end) -> {
            long left = Math.max(1, (end - clock.millis() + 999) / 1000); // long gone goes with the first tick
            Write write = value == null ? Write.delete(key) : new Write.Put(key, value, end == 0 ? 0 : left);
            memory.commit(Precondition.any(), write);
        });
        return new FileStore(memory, journal, clock);
    }

    /** Takes the events of the memory store, expiries among them, to the file; in order, one call at a time. */
    private final class Writer implements FeedListener {
        @Override
        public void onEvents(List<StoreEvent> events) {
            for (StoreEvent event : events) {
                byte[] value = event instanceof StoreEvent.Put put ? put.entry().value() : null;
                Long end = value == null ? null : ends.remove(value);
                journal.append(event.key(), value, end == null ? 0 : end);
            }
            journal.flush(events.get(events.size() - 1).revision());
        }

        @Override
        public void onEnd(@Nullable StoreException cause) {
            journal.close();
        }
    }

    @Override
    public CommitResult commit(Precondition precondition, Write write) {
        byte[] expiring = write instanceof Write.Put put && put.ttlSeconds() > 0 ? put.value() : null;
        if (expiring != null) {
            ends.put(expiring, clock.millis() + ((Write.Put) write).ttlSeconds() * 1000);
        }
        CommitResult result;
        try {
            result = memory.commit(precondition, write);
        } catch (StoreException e) {
            ends.remove(expiring);
            throw e;
        }
        if (result instanceof CommitResult.Committed committed) {
            journal.await(committed.revision()); // another thread may be writing this one
        } else {
            ends.remove(expiring);
        }
        return result;
    }

    @Override
    public @Nullable Entry get(String key) {
        return memory.get(key);
    }

    @Override
    public RangePage range(RangeQuery query) {
        return memory.range(query);
    }

    @Override
    public long count(KeyRange range) {
        return memory.count(range);
    }

    @Override
    public StoreFeed watch(KeyRange range, long fromRevision, FeedListener listener) {
        return memory.watch(range, fromRevision, listener);
    }

    @Override
    public void compact(long revision) {
        memory.compact(revision);
    }

    @Override
    public long currentRevision() {
        return memory.currentRevision();
    }

    @Override
    public StoreStats stats() {
        return memory.stats();
    }

    @Override
    public void requestProgress() {
        memory.requestProgress();
    }

    @Override
    public void close() {
        feed.close();
        memory.close();
    }

    /** Removes what has expired by now; for tests that move the clock. */
    void tick() {
        memory.tick();
    }
}
