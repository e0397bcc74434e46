// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long and how large the history is. */
class MemoryStoreHistoryTest {

    private final TestClock clock = new TestClock();

    @Test
    void revisionsAreCountedFromOne() {
        try (MemoryStore store = MemoryStore.create()) {
            assertThat(store.currentRevision()).isEqualTo(1);
            put(store, "/a", 1);
            store.commit(Precondition.absent(), Write.put("/a", new byte[1]));
            store.commit(Precondition.any(), Write.delete("/missing"));
            put(store, "/a", 1);
            assertThat(store.currentRevision()).isEqualTo(3);
            assertThat(store.range(RangeQuery.of(KeyRange.all()).atRevision(1)).entries())
                    .isEmpty();
            assertThat(store.stats().compactedRevision()).isZero();
        }
    }

    @Test
    void valuesAreKeptAsTheyAreGiven() {
        try (MemoryStore store = MemoryStore.create()) {
            byte[] value = {1, 2, 3};
            store.commit(Precondition.any(), Write.put("/a", value));
            assertThat(Objects.requireNonNull(store.get("/a")).value()).isSameAs(value);
            assertThat(store.range(RangeQuery.of(KeyRange.all())).entries())
                    .first()
                    .extracting(Entry::value)
                    .isSameAs(value);
        }
    }

    @Test
    void ageEndsTheHistory() {
        try (MemoryStore store = MemoryStore.builder()
                .clock(clock)
                .historyAge(Duration.ofMinutes(5))
                .build()) {
            put(store, "/a", 1);
            clock.move(Duration.ofMinutes(3));
            put(store, "/a", 2);
            clock.move(Duration.ofMinutes(2));
            put(store, "/a", 3);
            assertThat(store.stats().compactedRevision()).isZero();
            clock.move(Duration.ofMillis(1));
            store.tick();
            assertThat(store.stats().compactedRevision()).isEqualTo(2);
            assertThat(sizeAt(store, 2)).isEqualTo(1);
            assertThat(catchThrowableOfType(StoreException.class, () -> sizeAt(store, 1))
                            .revision())
                    .isEqualTo(2);
            clock.move(Duration.ofHours(1));
            put(store, "/a", 4);
            assertThat(store.stats().compactedRevision()).isEqualTo(4);
            assertThat(sizeAt(store, 4)).isEqualTo(3);
        }
    }

    @Test
    void bytesEndTheHistory() {
        try (MemoryStore store = MemoryStore.builder().historyBytes(100_000).build()) {
            put(store, "/other", 50_000);
            for (int i = 0; i < 5000; i++) {
                put(store, "/a", 1000);
                assertThat(store.stats().historyBytes()).isLessThanOrEqualTo(100_000);
            }
            long kept = store.currentRevision() - store.stats().compactedRevision();
            assertThat(kept).isBetween(50L, 100L);
            assertThat(store.stats().bytes()).isEqualTo(51_000 + "/other".length() + "/a".length());
            for (int i = 0; i < 5000; i++) {
                put(store, "/n" + i, 0);
                store.commit(Precondition.any(), Write.delete("/n" + i));
            }
            assertThat(store.stats().historyBytes()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void noHistoryAtAllStillServesTheLatestState() {
        try (MemoryStore store = MemoryStore.builder().historyBytes(0).build()) {
            for (int i = 0; i < 1000; i++) {
                put(store, "/k" + i % 10, i);
            }
            assertThat(store.range(RangeQuery.of(KeyRange.all())).entries()).hasSize(10);
            assertThat(store.stats().compactedRevision()).isEqualTo(store.currentRevision());
        }
    }

    @Test
    void pastStatesFarApartAreFound() {
        long seed = Long.getLong("past.seed", System.nanoTime());
        System.out.println("past.seed=" + seed);
        Random random = new Random(seed);
        try (MemoryStore store = MemoryStore.create()) {
            // key k<i> is made by revision i + 2, and one of ten removed again by a later one
            int keys = 12_000;
            for (int i = 0; i < keys; i++) {
                put(store, "/k" + i, 0);
            }
            for (int i = 0; i < keys; i += 10) {
                store.commit(Precondition.any(), Write.delete("/k" + i));
            }
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(keys + keys / 10) + 1;
                RangePage page =
                        store.range(RangeQuery.of(KeyRange.all()).atRevision(at).withLimit(3));
                assertThat(page.count())
                        .as("revision %d, seed %d", at, seed)
                        .isEqualTo(at <= keys + 1 ? at - 1 : 2 * keys + 1 - at);
            }
            store.compact(9000);
            assertThat(sizeAt(store, 9000)).isEqualTo(8999);
            assertThat(catchThrowableOfType(StoreException.class, () -> sizeAt(store, 8999))
                            .kind())
                    .isEqualTo(StoreException.Kind.COMPACTED);
        }
    }

    @Test
    void expiryHappensByItself() throws Exception {
        try (MemoryStore store = MemoryStore.create()) {
            store.commit(Precondition.any(), new Write.Put("/a", new byte[0], 1));
            for (int i = 0; store.get("/a") != null && i < 1000; i++) {
                Thread.sleep(20);
            }
            assertThat(store.get("/a")).isNull();
            store.commit(Precondition.any(), new Write.Put("/b", new byte[0], Long.MAX_VALUE));
            store.tick();
            assertThat(store.get("/b")).isNotNull();
        }
    }

    private static long sizeAt(MemoryStore store, long revision) {
        return store.range(RangeQuery.of(KeyRange.all()).atRevision(revision)).entries().stream()
                .mapToLong(e -> e.value().length + (e.key().startsWith("/k") ? 1 : 0))
                .sum();
    }

    private static void put(MemoryStore store, String key, int size) {
        store.commit(Precondition.any(), Write.put(key, new byte[size]));
    }
}
