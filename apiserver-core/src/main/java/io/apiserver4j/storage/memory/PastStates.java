// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * States before the current one. Some are remembered whole: a checkpoint every so many revisions, and those that
 * readers asked for last, since a reader who got one page of a state comes back for the next. Any other is made from
 * the nearest one that is known, by playing the log forwards or backwards; trees share structure, so that takes no more
 * than the changes between.
 */
final class PastStates {

    /**
     * Fewest revisions between two checkpoints; large states have them farther apart, in proportion to what a
     * checkpoint may cost.
     */
    private static final int SPACING = 1024;

    private static final int ASKED_FOR = 16;

    private final RevisionLog log;
    private final NavigableMap<Long, EntryTree> known = new TreeMap<>();
    private final Map<Long, Boolean> askedFor = new LinkedHashMap<>(ASKED_FOR, 0.75f, true);
    private long lastCheckpoint = RevisionLog.GENESIS;
    private volatile long oldest = Long.MAX_VALUE;

    PastStates(RevisionLog log) {
        this.log = log;
    }

    /** Called with each new state: makes it a checkpoint if it is time. */
    void passed(long revision, EntryTree state) {
        if (revision - lastCheckpoint >= Math.max(SPACING, state.size() / 4)) {
            lastCheckpoint = revision;
            synchronized (this) {
                remember(revision, state);
            }
        }
    }

    /** Lets go of the states that are compacted. */
    void forgetCompacted() {
        if (oldest < log.compacted()) {
            prune();
        }
    }

    /** Keeps a state that will probably be asked for again. */
    synchronized void keep(long revision, EntryTree state) {
        if (askedFor.put(revision, true) == null) {
            remember(revision, state);
            if (askedFor.size() > ASKED_FOR) {
                Long eldest = askedFor.keySet().iterator().next();
                askedFor.remove(eldest);
                known.remove(eldest);
            }
        }
    }

    /** The state at a revision before the current one. */
    EntryTree at(long revision, long currentRevision, EntryTree current) {
        checkKept(revision);
        long base = currentRevision;
        EntryTree state = current;
        synchronized (this) {
            for (Map.Entry<Long, EntryTree> near : neighbours(revision)) {
                if (Math.abs(near.getKey() - revision) < Math.abs(base - revision)) {
                    base = near.getKey();
                    state = near.getValue();
                }
            }
        }
        for (long next = base + 1; next <= revision; next++) {
            state = after(state, record(next));
        }
        for (long undone = base; undone > revision; undone--) {
            state = before(state, record(undone));
        }
        checkKept(revision);
        keep(revision, state);
        return state;
    }

    private void checkKept(long revision) {
        if (revision < log.compacted()) {
            throw StoreException.compacted(log.compacted());
        }
    }

    private synchronized void prune() {
        known.headMap(log.compacted()).clear();
        askedFor.keySet().retainAll(known.keySet());
        oldest = known.isEmpty() ? Long.MAX_VALUE : known.firstKey();
    }

    synchronized void clear(long revision) {
        known.clear();
        askedFor.clear();
        oldest = Long.MAX_VALUE;
        lastCheckpoint = revision;
    }

    private List<Map.Entry<Long, EntryTree>> neighbours(long revision) {
        return Stream.of(known.floorEntry(revision), known.ceilingEntry(revision))
                .filter(Objects::nonNull)
                .toList();
    }

    private void remember(long revision, EntryTree state) {
        known.put(revision, state);
        oldest = Math.min(oldest, revision);
    }

    private StoreEvent record(long revision) {
        StoreEvent event = log.get(revision);
        if (event == null) {
            throw StoreException.compacted(log.compacted());
        }
        return event;
    }

    private static EntryTree after(EntryTree state, StoreEvent event) {
        return event instanceof StoreEvent.Put put ? state.put(put.entry()) : state.remove(event.key());
    }

    private static EntryTree before(EntryTree state, StoreEvent event) {
        Entry previous = event.previous();
        return previous == null ? state.remove(event.key()) : state.put(previous);
    }
}
