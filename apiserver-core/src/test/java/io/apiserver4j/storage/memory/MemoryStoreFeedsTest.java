// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.RecordingListener;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the store in memory delivers, beyond what every store promises. */
class MemoryStoreFeedsTest {

    private final MemoryStore store = MemoryStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aLoneWriterReturnsAfterDelivery() {
        RecordingListener told = new RecordingListener();
        StoreFeed feed = store.watch(KeyRange.prefix("/a/"), 0, told);
        put("/a/1");
        assertThat(told.events()).hasSize(1);
        put("/b/1");
        assertThat(feed.deliveredRevision()).isEqualTo(store.currentRevision()).isEqualTo(3);
        store.requestProgress();
        assertThat(told.progress()).isEqualTo(3);
    }

    @Test
    void equalBatchesAreShared() {
        List<List<StoreEvent>> batches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            store.watch(KeyRange.prefix("/a/"), 0, listener(batches::add));
        }
        put("/a/1");
        assertThat(batches).hasSize(3).allMatch(batch -> batch == batches.get(0));
    }

    @Test
    void aListenerMayWriteAndClose() {
        RecordingListener told = new RecordingListener();
        store.watch(KeyRange.prefix("/"), 0, told);
        List<StoreFeed> own = new ArrayList<>();
        own.add(store.watch(KeyRange.prefix("/a/"), 0, listener(events -> {
            put("/b/" + events.size());
            own.get(0).close();
        })));
        put("/a/1");
        put("/a/2");
        assertThat(told.events()).extracting(StoreEvent::key).containsExactly("/a/1", "/b/1", "/a/2");
        assertThat(told.broken()).isEmpty();
        assertThat(store.stats().feeds()).isEqualTo(1);
    }

    @Test
    void writersDoNotWaitForAListenerThatHangs() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        RecordingListener told = new RecordingListener();
        store.watch(KeyRange.prefix("/a/"), 0, listener(events -> {
            inside.countDown();
            awaitQuietly(free);
        }));
        store.watch(KeyRange.prefix("/b/"), 0, told);
        Thread hanging = new Thread(() -> put("/a/1"));
        hanging.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5000; i++) {
            put("/b/" + i);
        }
        assertThat(told.events()).isEmpty();
        free.countDown();
        told.awaitEvents(5000);
        hanging.join();
        assertThat(told.broken()).isEmpty();
    }

    @Test
    void feedsThatFellBehindCompactionEndAsCompacted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        RecordingListener told = new RecordingListener();
        store.watch(KeyRange.prefix("/a/"), 0, listener(events -> {
            inside.countDown();
            awaitQuietly(free);
        }));
        store.watch(KeyRange.prefix("/b/"), 0, told);
        Thread hanging = new Thread(() -> put("/a/1"));
        hanging.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        put("/b/1");
        put("/b/2");
        store.compact(store.currentRevision());
        free.countDown();
        told.awaitEnd();
        hanging.join();
        assertThat(told.events()).isEmpty();
        assertThat(Objects.requireNonNull(told.cause()).kind()).isEqualTo(StoreException.Kind.COMPACTED);
        RecordingListener next = new RecordingListener();
        store.watch(KeyRange.prefix("/b/"), 0, next);
        put("/b/3");
        next.awaitEvents(1);
    }

    @Test
    void manyFeedsOfManyRangesGetTheirOwn() {
        List<RecordingListener> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RecordingListener told = new RecordingListener();
            store.watch(KeyRange.prefix("/r" + i % 100 + "/"), 0, told);
            all.add(told);
        }
        for (int i = 0; i < 1000; i++) {
            put("/r" + i % 100 + "/k");
        }
        assertThat(all).allSatisfy(told -> assertThat(told.events()).hasSize(10));
    }

    private void put(String key) {
        store.commit(Precondition.any(), Write.put(key, "x".getBytes(UTF_8)));
    }

    private interface OnEvents {
        void accept(List<StoreEvent> events);
    }

    private static FeedListener listener(OnEvents onEvents) {
        return new FeedListener() {
            @Override
            public void onEvents(List<StoreEvent> events) {
                onEvents.accept(events);
            }

            @Override
            public void onEnd(@Nullable StoreException cause) {}
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
