// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apiserver4j.contract.RecordingListener;
import io.apiserver4j.storage.CommitResult.Committed;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is etcd's own: broken connections, large batches, shared leases, several endpoints, figures. */
class EtcdFaultsTest {

    private static final KeyRange ALL = KeyRange.prefix("/t/");

    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start("");
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        if (etcd != null) {
            etcd.close();
        }
    }

    @BeforeEach
    void clear() {
        etcd.clear();
    }

    private static long put(EtcdStore store, String key, byte[] value) {
        return ((Committed) store.commit(Precondition.any(), Write.put(key, value))).revision();
    }

    /** A write that is tried again: one that meets the end of a connection may fail, whether it happened or not. */
    private static long putAtLast(EtcdStore store, String key) {
        for (int attempt = 1; ; attempt++) {
            try {
                return put(store, key, new byte[10]);
            } catch (StoreException failure) {
                assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
                assertThat(attempt).as("attempts").isLessThan(10);
            }
        }
    }

    @Test
    void aFeedGoesOnExactlyAfterEtcdWasKilled() throws Exception {
        try (EtcdStore store = etcd.store().timeout(Duration.ofSeconds(20)).build()) {
            RecordingListener told = new RecordingListener();
            RecordingListener idle = new RecordingListener();
            store.watch(ALL, 0, told);
            store.watch(KeyRange.prefix("/idle/"), 0, idle);
            List<Long> revisions = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 20; i++) {
                    revisions.add(put(store, "/t/" + i, new byte[10]));
                }
                etcd.kill();
                etcd.run();
                store.currentRevision();
                revisions.add(putAtLast(store, "/t/after"));
            }
            long last = revisions.get(revisions.size() - 1);
            told.awaitRevision(last);
            // Every revision is one write below /t/, acknowledged or not: none is missing, none is told twice.
            List<Long> events = told.events().stream().map(StoreEvent::revision).toList();
            assertThat(events)
                    .isEqualTo(LongStream.rangeClosed(revisions.get(0), last)
                            .boxed()
                            .toList())
                    .containsAll(revisions);
            assertThat(told.broken()).isEmpty();
            idle.awaitRevision(put(store, "/idle/a", new byte[0]));
            assertThat(idle.events()).hasSize(1);
        }
    }

    @Test
    void aBreakBehindACompactionEndsTheFeedThatMissesSomething() throws Exception {
        try (EtcdStore store = etcd.store().timeout(Duration.ofSeconds(20)).build();
                EtcdStore other = etcd.store().timeout(Duration.ofSeconds(20)).build()) {
            put(store, "/t/a", new byte[1]);
            long second = put(store, "/t/a", new byte[2]);
            RecordingListener behind = new RecordingListener();
            etcd.kill();
            // Begins where there is no etcd: it gets to one only after the compaction.
            store.watch(ALL, second, behind);
            etcd.run();
            long third = put(other, "/t/a", new byte[3]);
            other.compact(third);
            behind.await(
                    "all, or the end", () -> behind.ended() || behind.events().size() == 2);
            if (behind.ended()) {
                assertThat(Objects.requireNonNull(behind.cause()).kind()).isEqualTo(StoreException.Kind.COMPACTED);
                assertThat(behind.events()).isEmpty();
            }
            assertThat(behind.broken()).isEmpty();
        }
    }

    @Test
    void batchesThatAreLargerThanAMessageArriveWhole() {
        try (EtcdStore store = etcd.store().build()) {
            List<Long> revisions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                revisions.add(put(store, "/t/" + i, new byte[1 << 20]));
            }
            RecordingListener told = new RecordingListener();
            store.watch(ALL, revisions.get(0), told);
            told.awaitRevision(revisions.get(11));
            assertThat(told.events()).extracting(StoreEvent::revision).isEqualTo(revisions);
            assertThat(told.broken()).isEmpty();
        }
    }

    @Test
    void entriesThatExpireShareALeaseWhereTheirTimesAreNear() {
        try (EtcdStore store = etcd.store().build()) {
            long[] leases = new long[4];
            long[] ttls = {3600, 3600, 7200, 3600};
            for (int i = 0; i < ttls.length; i++) {
                store.commit(Precondition.any(), new Write.Put("/t/" + i, new byte[0], ttls[i]));
                leases[i] = Objects.requireNonNull(store.get("/t/" + i)).lease();
            }
            assertThat(leases[1]).isEqualTo(leases[0]).isNotZero();
            assertThat(leases[2]).isNotEqualTo(leases[0]).isNotZero();
            assertThat(leases[3]).isNotEqualTo(leases[2]).isNotZero();
        }
    }

    @Test
    void anEndpointThatIsAwayDoesNotMatterWhereAnotherIsThere() {
        try (EtcdStore store = EtcdStore.builder()
                .endpoints(List.of("http://127.0.0.1:1", etcd.endpoint()))
                .build()) {
            long revision = put(store, "/t/a", new byte[] {7});
            for (int i = 0; i < 20; i++) {
                assertThat(store.get("/t/a")).extracting(Entry::modRevision).isEqualTo(revision);
            }
        }
    }

    @Test
    void anEtcdThatIsAwayIsUnavailableWithinTheTimeout() {
        try (EtcdStore store = EtcdStore.builder()
                .endpoints(List.of("http://127.0.0.1:1"))
                .timeout(Duration.ofMillis(300))
                .build()) {
            StoreException refused = catchThrowableOfType(StoreException.class, () -> store.get("/t/a"));
            assertThat(refused.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        }
    }

    @Test
    void theFiguresAreOfTheDatabase() {
        try (EtcdStore store = etcd.store().build()) {
            long revision = put(store, "/t/a", new byte[1000]);
            store.watch(ALL, 0, new RecordingListener());
            assertThat(store.stats().bytes()).isGreaterThan(1000);
            assertThat(store.stats().currentRevision()).isGreaterThanOrEqualTo(revision);
            assertThat(store.stats().feeds()).isEqualTo(1);
        }
    }
}
