// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apiserver4j.contract.RecordingListener;
import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemorySnapshotTest {

    private final TestClock clock = new TestClock();
    private final MemoryStore store = MemoryStore.builder().clock(clock).build();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void restoringGivesTheEntriesBackAndNeverAnOldRevision() {
        put("/a", 0);
        put("/b", 0);
        List<Entry> saved = all().entries();
        MemorySnapshot snapshot = store.snapshot();
        assertThat(snapshot.size()).isEqualTo(2);
        put("/a", 0);
        put("/c", 0);
        store.commit(Precondition.any(), Write.delete("/b"));
        long before = store.currentRevision();

        store.restore(snapshot);

        assertThat(store.currentRevision()).isEqualTo(before + 1);
        assertThat(all()).isEqualTo(new RangePage(saved, false, 2, before + 1));
        assertThat(store.get("/c")).isNull();
        assertThat(Objects.requireNonNull(store.get("/b")).modRevision()).isEqualTo(3);
        assertThat(store.stats().bytes()).isEqualTo(4);
        assertThat(store.commit(Precondition.atRevision(2), Write.put("/a", new byte[0])))
                .isInstanceOfSatisfying(
                        CommitResult.Committed.class,
                        done -> assertThat(done.revision()).isEqualTo(before + 2));
        store.restore(snapshot);
        assertThat(all().entries()).isEqualTo(saved);
    }

    @Test
    void restoringEndsFeedsAndForgetsTheHistory() {
        put("/a", 0);
        MemorySnapshot snapshot = store.snapshot();
        RecordingListener open = new RecordingListener();
        store.watch(KeyRange.all(), 0, open);
        long before = store.currentRevision();
        store.restore(snapshot);
        open.awaitEnd();
        assertThat(Objects.requireNonNull(open.cause()).kind()).isEqualTo(StoreException.Kind.COMPACTED);
        assertThat(catchThrowableOfType(
                                StoreException.class,
                                () -> store.range(RangeQuery.of(KeyRange.all()).atRevision(before)))
                        .kind())
                .isEqualTo(StoreException.Kind.COMPACTED);
        RecordingListener old = new RecordingListener();
        store.watch(KeyRange.all(), before, old);
        old.awaitEnd();
        RecordingListener next = new RecordingListener();
        store.watch(KeyRange.all(), store.currentRevision() + 1, next);
        put("/x", 0);
        next.awaitEvents(1);
        assertThat(store.stats().feeds()).isEqualTo(1);
    }

    @Test
    void timesToLiveAreRestored() {
        put("/short", 10);
        MemorySnapshot snapshot = store.snapshot();
        store.commit(Precondition.any(), Write.delete("/short"));
        put("/other", 5);
        store.restore(snapshot);
        clock.move(Duration.ofSeconds(9));
        store.tick();
        assertThat(all().entries()).extracting(Entry::key).containsExactly("/short");
        clock.move(Duration.ofSeconds(1));
        store.tick();
        assertThat(all().entries()).isEmpty();
    }

    @Test
    void anotherStoreMayTakeIt() {
        for (int i = 0; i < 100; i++) {
            put("/k" + i, 0);
        }
        try (MemoryStore other = MemoryStore.create()) {
            other.restore(store.snapshot());
            assertThat(other.range(RangeQuery.of(KeyRange.all())).entries()).isEqualTo(all().entries());
            assertThat(other.currentRevision()).isEqualTo(store.currentRevision() + 1);
        }
    }

    private RangePage all() {
        return store.range(RangeQuery.of(KeyRange.all()));
    }

    private void put(String key, long ttl) {
        store.commit(Precondition.any(), new Write.Put(key, new byte[0], ttl));
    }
}
