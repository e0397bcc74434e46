// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.StoreEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happened, by revision: one event for each, from just after the compacted revision to the current one. Through
 * the previous entries in its events the log is also all of the history that is kept.
 *
 * <p>Written under the store's write lock. Read by anyone without it: a reader learns of a revision by the published
 * state of the store, which is written after the log; a record that it misses then has been compacted.
 */
final class RevisionLog {

    /** The revision of the store that nothing was ever written to. */
    static final long GENESIS = 1;

    /**
     * What a record costs besides the value it keeps: event, slot, time, the replaced entry, and its part of the
     * remembered states.
     */
    private static final int RECORD_COST = 160;

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private volatile Chunk[] chunks = {};
    private volatile long compacted;
    private long first = GENESIS + 1;
    private long last = GENESIS;
    private volatile long bytes;

    private static final class Chunk {
        final long number;
        final @Nullable StoreEvent[] events = new @Nullable StoreEvent[CHUNK];
        final long[] times = new long[CHUNK];

        Chunk(long number) {
            this.number = number;
        }
    }

    /** The event with this revision, or null where it was compacted. */
    @Nullable
    StoreEvent get(long revision) {
        Chunk chunk = chunkOf(revision);
        return chunk == null ? null : chunk.events[(int) revision & CHUNK - 1];
    }

    /** 0, or the oldest revision whose state is known. */
    long compacted() {
        return compacted;
    }

    long bytes() {
        return bytes;
    }

    /** Under the lock: adds the next revision. */
    void append(StoreEvent event, long now) {
        last = event.revision();
        Chunk[] known = chunks;
        long number = last >> CHUNK_BITS;
        Chunk chunk;
        if (known.length > 0 && known[known.length - 1].number == number) {
            chunk = known[known.length - 1];
        } else {
            chunk = new Chunk(number);
            Chunk[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = chunk;
            chunks = more;
        }
        int at = (int) last & CHUNK - 1;
        chunk.events[at] = event;
        chunk.times[at] = now;
        bytes += cost(event);
    }

    /** Under the lock: forgets the records up to and with this revision, which then is the compacted one. */
    void compact(long through) {
        if (through <= compacted) {
            return;
        }
        compacted = through;
        while (first <= through) {
            dropFirst();
        }
    }

    /**
     * Under the lock: forgets records that are older than {@code oldest}, and as many as the bytes above {@code
     * maxBytes} need; not more than {@code limit} in one go, so that the lock is not held for long.
     *
     * @return whether the limit was met
     */
    boolean compact(long oldest, long maxBytes, int limit) {
        for (int i = 0; i < limit; i++) {
            Chunk chunk = first <= last ? chunkOf(first) : null;
            if (chunk == null || bytes <= maxBytes && chunk.times[(int) first & CHUNK - 1] >= oldest) {
                return false;
            }
            compacted = first;
            dropFirst();
        }
        return true;
    }

    /** Under the lock: forgets everything and goes on after this revision. */
    void restart(long revision) {
        compacted = revision;
        first = revision + 1;
        last = revision;
        bytes = 0;
        chunks = new Chunk[0];
    }

    private void dropFirst() {
        Chunk chunk = chunkOf(first);
        int at = (int) first & CHUNK - 1;
        StoreEvent event = chunk == null ? null : chunk.events[at];
        if (chunk != null && event != null) {
            bytes -= cost(event);
            chunk.events[at] = null;
            if (at == CHUNK - 1) {
                chunks = Arrays.copyOfRange(chunks, 1, chunks.length);
            }
        }
        first++;
    }

    private @Nullable Chunk chunkOf(long revision) {
        Chunk[] known = chunks;
        if (known.length == 0) {
            return null;
        }
        long at = (revision >> CHUNK_BITS) - known[0].number;
        return at < 0 || at >= known.length ? null : known[(int) at];
    }

    private static long cost(StoreEvent event) {
        Entry previous = event.previous();
        return RECORD_COST + (previous == null ? 0 : previous.value().length);
    }
}
