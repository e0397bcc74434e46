// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import io.apiserver4j.storage.memory.MemorySnapshot;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.StoredObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchCacheTest {
    private static final KeyRange RANGE = KeyRange.prefix("/things/");
    private static final Predicate<StoredObject> ALL = object -> true;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryStore store = MemoryStore.create();
    private final WatchCache cache = new WatchCache(store, RANGE, StoredObjects::of).start();

    @AfterEach
    void close() {
        cache.close();
        store.close();
    }

    /** Notes what one watcher is told, in one word per event. */
    private static final class Notes implements FeedSink {
        final List<String> events = new ArrayList<>();
        final List<Long> revisions = new ArrayList<>();

        @Nullable
        ApiException cause;

        boolean ended;

        @Override
        public synchronized void event(ObjectEvent.Type type, ObjectEvent event) {
            assertThat(ended).isFalse();
            events.add(type + " " + event.object().header().name() + "@" + event.revision());
            revisions.add(event.revision());
        }

        @Override
        public synchronized void end(@Nullable ApiException why) {
            assertThat(ended).isFalse();
            ended = true;
            cause = why;
        }

        synchronized List<String> events() {
            return List.copyOf(events);
        }

        synchronized List<Long> revisions() {
            return List.copyOf(revisions);
        }
    }

    private long put(String name, String label) {
        String json = "{\"kind\":\"Thing\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                + "\",\"labels\":{\"l\":\"" + label + "\"}}}";
        return commit(Write.put("/things/" + name, json.getBytes(StandardCharsets.UTF_8)));
    }

    private long delete(String name) {
        return commit(Write.delete("/things/" + name));
    }

    private long commit(Write write) {
        return ((CommitResult.Committed) store.commit(Precondition.any(), write)).revision();
    }

    private ObjectFeed watch(long after, Notes notes) {
        return Objects.requireNonNull(cache.watch(after, ALL, notes));
    }

    private void settle() {
        long written = store.currentRevision();
        assertThat(cache.awaitRevision(written, PATIENCE)).isTrue();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (cache.deliveredRevision() < written && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(cache.deliveredRevision())
                .as("what every watcher was offered")
                .isGreaterThanOrEqualTo(written);
    }

    @Test
    void tellsWhatHappensInTheWordsOfTheWatcher() {
        long start = store.currentRevision();
        Notes all = new Notes();
        Notes red = new Notes();
        watch(start, all);
        cache.watch(start, object -> object.header().labels().stringOrEmpty("l").equals("red"), red);
        long a = put("a", "red");
        long b = put("a", "blue");
        long c = put("a", "red");
        long d = delete("a");
        settle();
        assertThat(all.events())
                .containsExactly("ADDED a@" + a, "MODIFIED a@" + b, "MODIFIED a@" + c, "DELETED a@" + d);
        assertThat(red.events())
                .as("leaving a selection is a deletion, coming back an addition")
                .containsExactly("ADDED a@" + a, "DELETED a@" + b, "ADDED a@" + c, "DELETED a@" + d);
    }

    @Test
    void showsAnObjectThatLeftAsItLastWas() {
        put("a", "red");
        List<String> seen = new ArrayList<>();
        cache.watch(
                store.currentRevision(),
                object -> object.header().labels().stringOrEmpty("l").equals("red"),
                new FeedSink() {
                    @Override
                    public void event(ObjectEvent.Type type, ObjectEvent event) {
                        seen.add(type + " " + StoredObjects.text(event.object()));
                    }

                    @Override
                    public void end(@Nullable ApiException cause) {}
                });
        long left = put("a", "blue");
        settle();
        assertThat(seen)
                .containsExactly("DELETED {\"kind\":\"Thing\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\","
                        + "\"resourceVersion\":\"" + left + "\",\"labels\":{\"l\":\"red\"}}}");
    }

    @Test
    void aWatcherFromThePastIsToldTheRest() {
        long first = put("a", "1");
        long second = put("b", "1");
        settle();
        Notes notes = new Notes();
        watch(first, notes);
        assertThat(notes.events()).containsExactly("ADDED b@" + second);
        long third = put("c", "1");
        settle();
        assertThat(notes.events()).containsExactly("ADDED b@" + second, "ADDED c@" + third);
    }

    @Test
    void whatFellOutOfTheWindowIsToldByTheStore() {
        long start = store.currentRevision();
        for (int i = 0; i < WatchCache.WINDOW + 10; i++) {
            put("a", "" + i);
        }
        settle();
        Notes notes = new Notes();
        assertThat(cache.watch(start, ALL, notes)).as("out of the window").isNull();
        ObjectFeed direct = DirectFeed.open(store, RANGE, start, ALL, notes, StoredObjects::of);
        long last = put("b", "end");
        assertThat(notes.events()).hasSize(WatchCache.WINDOW + 11).startsWith("ADDED a@" + (start + 1));
        assertThat(notes.events()).last().isEqualTo("ADDED b@" + last);
        direct.close();
        put("b", "more");
        assertThat(notes.events()).hasSize(WatchCache.WINDOW + 11);
        assertThat(notes.ended).isFalse();
    }

    @Test
    void whatTheStoreForgotIsExpired() {
        long start = store.currentRevision();
        put("a", "1");
        put("a", "2");
        store.compact(store.currentRevision());
        Notes notes = new Notes();
        DirectFeed.open(store, RANGE, start, ALL, notes, StoredObjects::of);
        assertThat(notes.ended).isTrue();
        assertThat(Objects.requireNonNull(notes.cause).status().code()).isEqualTo(410);
    }

    @Test
    void aRestoreEndsWatchesAndShowsTheOldState() {
        put("a", "1");
        MemorySnapshot snapshot = store.snapshot();
        put("b", "1");
        long before = store.currentRevision();
        Notes notes = new Notes();
        watch(before, notes);
        store.restore(snapshot);
        assertThat(notes.ended).isTrue();
        assertThat(Objects.requireNonNull(notes.cause).status().code()).isEqualTo(410);
        assertThat(cache.watchers()).isZero();
        settle();
        assertThat(cache.view("/things/", "").objects())
                .extracting(object -> object.header().name())
                .containsExactly("a");
        assertThat(cache.watch(before, ALL, new Notes())).as("the past is gone").isNull();
        Notes again = new Notes();
        watch(cache.revision(), again);
        long next = put("c", "1");
        settle();
        assertThat(again.events()).containsExactly("ADDED c@" + next);
    }

    @Test
    void aCacheWhoseStoreIsGoneSaysSo() {
        Notes notes = new Notes();
        watch(store.currentRevision(), notes);
        store.close();
        assertThat(cache.isBroken()).isTrue();
        assertThat(notes.ended).isTrue();
        assertThatThrownBy(() -> cache.watchWithState("/things/", ALL, new Notes(), (list, at) -> {}))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void closingEndsWithoutACause() {
        Notes notes = new Notes();
        watch(store.currentRevision(), notes);
        cache.close();
        assertThat(notes.ended).isTrue();
        assertThat(notes.cause).isNull();
    }

    @Test
    void aClosedFeedIsToldNothingMore() {
        Notes notes = new Notes();
        ObjectFeed feed = watch(store.currentRevision(), notes);
        put("a", "1");
        settle();
        feed.close();
        feed.close();
        put("a", "2");
        settle();
        assertThat(notes.events()).hasSize(1);
        assertThat(notes.ended).as("who closes knows").isFalse();
        assertThat(cache.watchers()).isZero();
    }

    /** Stores that others write to may put several events under one revision. */
    @Test
    void eventsOfOneRevisionAreAllTold() {
        FeedListener[] follower = new FeedListener[1];
        MemoryStore quiet = MemoryStore.create();
        try (WatchCache shared = new WatchCache(new Following(quiet, follower), RANGE, StoredObjects::of).start()) {
            Notes notes = new Notes();
            shared.watch(quiet.currentRevision(), ALL, notes);
            Objects.requireNonNull(follower[0]).onEvents(List.of(made("a", 7), made("b", 7)));
            assertThat(notes.events()).containsExactly("ADDED a@7", "ADDED b@7");
            Notes late = new Notes();
            shared.watch(6, ALL, late);
            assertThat(late.events()).containsExactly("ADDED a@7", "ADDED b@7");
        } finally {
            quiet.close();
        }
    }

    private static StoreEvent made(String name, long revision) {
        byte[] json = ("{\"metadata\":{\"name\":\"" + name + "\"}}").getBytes(StandardCharsets.UTF_8);
        return new StoreEvent.Put(new Entry("/things/" + name, json, revision, revision, 1, 0), null);
    }

    /** Writers, and watchers that come and go meanwhile: each is told exactly what the history says. */
    @Test
    void nobodyMissesOrSeesTwice() throws Exception {
        long seed = Long.getLong("cache.seed", System.nanoTime());
        System.out.println("cache.seed=" + seed);
        long start = store.currentRevision();
        Notes whole = new Notes();
        watch(start, whole);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Notes> notes = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 2; w++) {
                Random random = new Random(seed + w);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 2000; i++) {
                        String name = "n" + random.nextInt(8);
                        if (random.nextInt(4) == 0) {
                            store.commit(Precondition.any(), Write.delete("/things/" + name));
                        } else {
                            put(name, "" + i);
                        }
                    }
                }));
            }
            Future<?> joining = threads.submit(() -> {
                Random random = new Random(seed + 7);
                while (writing.get() && notes.size() < 400) {
                    Notes one = new Notes();
                    if (random.nextBoolean()) {
                        long from = Math.max(start, cache.revision() - random.nextInt(50));
                        if (cache.watch(from, ALL, one) != null) {
                            notes.add(one);
                            starts.add(from);
                        }
                    } else {
                        long[] at = new long[1];
                        cache.watchWithState("/things/", ALL, one, (list, revision) -> at[0] = revision);
                        notes.add(one);
                        starts.add(at[0]);
                    }
                }
            });
            for (Future<?> writer : writers) {
                writer.get(50, TimeUnit.SECONDS);
            }
            writing.set(false);
            joining.get(50, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        long last = put("last", "1");
        settle();
        assertThat(whole.revisions())
                .as("seed %d", seed)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(last);
        assertThat(whole.revisions()).hasSize((int) (last - start));
        assertThat(notes).isNotEmpty();
        for (int i = 0; i < notes.size(); i++) {
            long from = starts.get(i);
            assertThat(notes.get(i).revisions())
                    .as("from %d, seed %d", from, seed)
                    .isEqualTo(
                            whole.revisions().stream().filter(one -> one > from).toList());
        }
    }
}
