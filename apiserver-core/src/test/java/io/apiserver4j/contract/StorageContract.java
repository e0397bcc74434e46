// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.CommitResult.Committed;
import io.apiserver4j.storage.CommitResult.Conflict;
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
import io.apiserver4j.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every {@link KeyValueStore} must do. Extend it, give a store, and a store of yours may serve.
 *
 * <p>Nothing here needs revisions without gaps, a store that is empty outside {@code /contract/}, or delivery before a
 * commit returns: revisions are only compared, and events are waited for. A store that is written to by others
 * meanwhile is not fit for these tests.
 */
public abstract class StorageContract {

    protected static final String PREFIX = "/contract/";
    protected static final KeyRange ALL = KeyRange.prefix(PREFIX);

    private @Nullable KeyValueStore opened;

    /** A store with no key under {@code /contract/}; called before each test, closed after it. */
    protected abstract KeyValueStore open() throws Exception;

    /** Lets time pass for the store: by default really; a store with a clock of its own moves that. */
    protected void pass(Duration time) throws Exception {
        Thread.sleep(time.toMillis());
    }

    /** A size of value that the store refuses. */
    protected int tooLarge() {
        return 2 << 20;
    }

    @BeforeEach
    void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    protected final KeyValueStore store() {
        return Objects.requireNonNull(opened);
    }

    // -- single keys

    @Test
    void startsEmpty() {
        assertThat(store().currentRevision()).isPositive();
        assertThat(store().get(key("a"))).isNull();
        assertThat(store().count(ALL)).isZero();
        assertThat(store().range(RangeQuery.of(ALL)))
                .isEqualTo(new RangePage(List.of(), false, 0, store().currentRevision()));
    }

    @Test
    void anEntryTellsItsRevisions() {
        long before = store().currentRevision();
        long made = put("a", "one");
        long changed = put("a", "two");
        assertThat(made).isGreaterThan(before);
        assertThat(changed).isGreaterThan(made);
        assertThat(store().get(key("a"))).isEqualTo(new Entry(key("a"), bytes("two"), made, changed, 2, 0));
        assertThat(store().currentRevision()).isGreaterThanOrEqualTo(changed);

        Committed removed = committed(store().commit(Precondition.any(), Write.delete(key("a"))));
        assertThat(removed.previous()).isEqualTo(new Entry(key("a"), bytes("two"), made, changed, 2, 0));
        assertThat(removed.revision()).isGreaterThan(changed);
        assertThat(store().get(key("a"))).isNull();

        long again = put("a", "three");
        assertThat(store().get(key("a"))).isEqualTo(new Entry(key("a"), bytes("three"), again, again, 1, 0));
    }

    @Test
    void emptyAndBinaryValuesComeBackAsTheyWere() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        commit(Precondition.any(), Write.put(key("all"), all));
        commit(Precondition.any(), Write.put(key("none"), new byte[0]));
        assertThat(entry("all").value()).isEqualTo(all);
        assertThat(entry("none").value()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}, key {2}: {3}")
    @CsvSource({
        "absent, put, missing, committed",
        "absent, put, present, conflict",
        "any, put, missing, committed",
        "any, put, present, committed",
        "current, put, present, committed",
        "older, put, present, conflict",
        "older, put, missing, conflict",
        "newer, put, present, conflict",
        "absent, delete, missing, conflict",
        "absent, delete, present, conflict",
        "any, delete, missing, conflict",
        "any, delete, present, committed",
        "current, delete, present, committed",
        "older, delete, present, conflict",
        "older, delete, missing, conflict"
    })
    void commitsUnderPreconditions(String precondition, String write, String key, String outcome) {
        long older = put("a", "one");
        long current = put("a", "two");
        if (key.equals("missing")) {
            commit(Precondition.any(), Write.delete(key("a")));
        }
        Entry before = store().get(key("a"));
        long revision = store().currentRevision();
        CommitResult result = store().commit(
                        switch (precondition) {
                            case "absent" -> Precondition.absent();
                            case "current" -> Precondition.atRevision(current);
                            case "older" -> Precondition.atRevision(older);
                            case "newer" -> Precondition.atRevision(current + 1000);
                            default -> Precondition.any();
                        },
                        write.equals("put") ? Write.put(key("a"), bytes("new")) : Write.delete(key("a")));
        Entry after = store().get(key("a"));
        if (outcome.equals("conflict")) {
            assertThat(result).isEqualTo(new Conflict(before));
            assertThat(after).isEqualTo(before);
            assertThat(store().currentRevision()).isEqualTo(revision);
        } else {
            assertThat(committed(result).revision()).isGreaterThan(revision);
            assertThat(after == null ? "" : new String(after.value(), UTF_8))
                    .isEqualTo(write.equals("put") ? "new" : "");
        }
    }

    @Test
    void aValueThatIsTooLargeChangesNothing() {
        long made = put("a", "small");
        StoreException refused = catchThrowableOfType(
                StoreException.class,
                () -> store().commit(Precondition.any(), Write.put(key("a"), new byte[tooLarge()])));
        assertThat(refused.kind()).isEqualTo(StoreException.Kind.TOO_LARGE);
        assertThat(refused).hasMessage("etcdserver: request is too large");
        assertThat(entry("a").modRevision()).isEqualTo(made);
    }

    // -- ranges

    @Test
    void rangesAreOrderedAndBounded() {
        for (String name : List.of("pods/b/2", "pods/a/1", "podsx/a", "pods/b/10", "nodes/n", "pods/b/1", "pods")) {
            put(name, name);
        }
        assertThat(names(range("pods/"))).containsExactly("pods/a/1", "pods/b/1", "pods/b/10", "pods/b/2");
        assertThat(names(range("pods/b/"))).containsExactly("pods/b/1", "pods/b/10", "pods/b/2");
        assertThat(names(range("pods"))).hasSize(6);
        assertThat(names(range("zebras/"))).isEmpty();
        assertThat(names(store().range(RangeQuery.of(KeyRange.single(key("pods/b/1"))))))
                .containsExactly("pods/b/1");
        assertThat(names(store().range(RangeQuery.of(KeyRange.between(key("pods/a/1"), key("pods/b/10"))))))
                .containsExactly("pods/a/1", "pods/b/1");
        assertThat(names(store().range(RangeQuery.of(KeyRange.between(key("q"), key("b"))))))
                .isEmpty();
        assertThat(store().count(KeyRange.prefix(key("pods/")))).isEqualTo(4);
        assertThat(store().count(KeyRange.single(key("pods")))).isEqualTo(1);
    }

    @Test
    void aLimitCutsAPageAndTellsTheCount() {
        for (int i = 0; i < 10; i++) {
            put("p/" + i, "v" + i);
        }
        RangeQuery query = RangeQuery.of(KeyRange.prefix(key("p/")));
        RangePage cut = store().range(query.withLimit(4));
        assertThat(names(cut)).containsExactly("p/0", "p/1", "p/2", "p/3");
        assertThat(cut.more()).isTrue();
        assertThat(cut.count()).isEqualTo(10);
        RangePage exact = store().range(query.withLimit(10));
        assertThat(exact.more()).isFalse();
        assertThat(exact.entries()).hasSize(10);
        RangePage keys = store().range(query.withLimit(3).onlyKeys());
        assertThat(names(keys)).containsExactly("p/0", "p/1", "p/2");
        assertThat(keys.entries()).allSatisfy(e -> {
            assertThat(e.value()).isEmpty();
            assertThat(e.modRevision()).isPositive();
        });
    }

    @Test
    void pagesOfOneRevisionAreOfOneState() {
        for (int i = 100; i < 200; i++) {
            put("p/" + i, "first");
        }
        KeyRange range = KeyRange.prefix(key("p/"));
        RangePage page = store().range(RangeQuery.of(range).withLimit(7));
        long revision = page.revision();
        List<Entry> all = new ArrayList<>(page.entries());
        int step = 0;
        while (page.more()) {
            put("p/" + (199 - step), "second");
            put("p/150-" + step, "new");
            commit(Precondition.any(), Write.delete(key("p/" + (100 + step))));
            step++;
            String next = all.get(all.size() - 1).key() + '\0';
            page = store().range(
                            RangeQuery.of(range.startingAt(next)).withLimit(7).atRevision(revision));
            assertThat(page.revision()).isEqualTo(revision);
            assertThat(page.count()).isEqualTo(100 - all.size());
            all.addAll(page.entries());
        }
        assertThat(step).isEqualTo(14);
        assertThat(all).hasSize(100).allSatisfy(e -> assertThat(e.value()).isEqualTo(bytes("first")));
    }

    @Test
    void everyRevisionCanBeReadAsItWas() {
        long seed = seed();
        Random random = new Random(seed);
        TreeMap<String, String> model = new TreeMap<>();
        TreeMap<Long, Map<String, String>> history = new TreeMap<>();
        history.put(store().currentRevision(), Map.of());
        for (int i = 0; i < 300; i++) {
            String name = "k" + random.nextInt(12);
            if (random.nextInt(3) == 0 && model.remove(name) != null) {
                history.put(commit(Precondition.any(), Write.delete(key(name))), Map.copyOf(model));
            } else {
                model.put(name, "v" + i);
                history.put(put(name, "v" + i), Map.copyOf(model));
            }
        }
        List<Long> revisions = new ArrayList<>(history.keySet());
        for (int i = 0; i < 100; i++) {
            long revision = revisions.get(random.nextInt(revisions.size()));
            RangePage page = store().range(RangeQuery.of(ALL).atRevision(revision));
            Map<String, String> seen = new TreeMap<>();
            page.entries().forEach(e -> seen.put(name(e), new String(e.value(), UTF_8)));
            assertThat(seen).as("revision %d, seed %d", revision, seed).isEqualTo(history.get(revision));
        }
    }

    @Test
    void theFutureCannotBeRead() {
        put("a", "one");
        long future = store().currentRevision() + 1000;
        StoreException refused = catchThrowableOfType(
                StoreException.class, () -> store().range(RangeQuery.of(ALL).atRevision(future)));
        assertThat(refused.kind()).isEqualTo(StoreException.Kind.FUTURE_REVISION);
        assertThat(catchThrowableOfType(StoreException.class, () -> store().compact(future))
                        .kind())
                .isEqualTo(StoreException.Kind.FUTURE_REVISION);
    }

    // -- compaction

    @Test
    void compactionForgetsWhatIsOlder() {
        put("a", "one");
        long two = put("a", "two");
        long three = put("a", "three");
        long four = put("a", "four");
        store().compact(three);
        StoreException refused = catchThrowableOfType(
                StoreException.class, () -> store().range(RangeQuery.of(ALL).atRevision(two)));
        assertThat(refused.kind()).isEqualTo(StoreException.Kind.COMPACTED);
        assertThat(refused).hasMessage("etcdserver: mvcc: required revision has been compacted");
        assertThat(store().range(RangeQuery.of(ALL).atRevision(three)).entries())
                .extracting(e -> new String(e.value(), UTF_8))
                .containsExactly("three");
        store().compact(two);
        store().compact(three);
        assertThat(store().stats().compactedRevision()).isIn(three, -1L);

        RecordingListener tooOld = new RecordingListener();
        store().watch(ALL, two, tooOld);
        tooOld.awaitEnd();
        StoreException cause = Objects.requireNonNull(tooOld.cause());
        assertThat(cause.kind()).isEqualTo(StoreException.Kind.COMPACTED);
        assertThat(cause.revision()).isEqualTo(three);
        assertThat(tooOld.events()).isEmpty();

        RecordingListener next = new RecordingListener();
        store().watch(ALL, three + 1, next);
        next.awaitRevision(four);
        assertThat(next.events()).hasSize(1);
    }

    @Test
    void compactionOfAllLeavesTheLatestState() {
        put("gone", "x");
        commit(Precondition.any(), Write.delete(key("gone")));
        put("a", "one");
        RecordingListener open = new RecordingListener();
        store().watch(ALL, 0, open);
        store().compact(store().currentRevision());
        assertThat(names(store().range(RangeQuery.of(ALL)))).containsExactly("a");
        long after = put("a", "two");
        open.awaitRevision(after);
        assertThat(open.ended()).isFalse();
        assertThat(open.events()).hasSize(1);
    }

    // -- watches

    @Test
    void aWatchFromNowSeesWhatComes() {
        put("w/a", "before");
        RecordingListener told = new RecordingListener();
        StoreFeed feed = store().watch(KeyRange.prefix(key("w/")), 0, told);
        long changed = put("w/a", "after");
        put("elsewhere", "x");
        long made = put("w/b", "b");
        long removed = commit(Precondition.any(), Write.delete(key("w/a")));
        told.awaitRevision(removed);
        List<StoreEvent> events = told.events();
        assertThat(events).extracting(StoreEvent::revision).containsExactly(changed, made, removed);
        assertThat(events.get(0)).isInstanceOfSatisfying(StoreEvent.Put.class, put -> {
            assertThat(put.entry().value()).isEqualTo(bytes("after"));
            assertThat(Objects.requireNonNull(put.previous()).value()).isEqualTo(bytes("before"));
        });
        assertThat(events.get(1)).isInstanceOfSatisfying(StoreEvent.Put.class, put -> {
            assertThat(put.entry()).isEqualTo(new Entry(key("w/b"), bytes("b"), made, made, 1, 0));
            assertThat(put.previous()).isNull();
        });
        assertThat(events.get(2)).isInstanceOfSatisfying(StoreEvent.Delete.class, delete -> {
            assertThat(delete.key()).isEqualTo(key("w/a"));
            assertThat(delete.previous().modRevision()).isEqualTo(changed);
        });
        told.await("the delivered revision", () -> feed.deliveredRevision() >= removed);
        assertThat(told.broken()).isEmpty();
    }

    @Test
    void aWatchOfThePastReplaysItAndGoesOn() {
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            long revision = put((i % 2 == 0 ? "w/" : "x/") + i % 7, "v" + i);
            if (i % 2 == 0) {
                revisions.add(revision);
            }
        }
        RecordingListener told = new RecordingListener();
        store().watch(KeyRange.prefix(key("w/")), revisions.get(100), told);
        revisions.add(put("w/0", "live"));
        told.awaitRevision(revisions.get(300));
        assertThat(told.events()).extracting(StoreEvent::revision).isEqualTo(revisions.subList(100, 301));
        assertThat(told.broken()).isEmpty();
    }

    @Test
    void aWatchOfTheFutureWaitsForIt() {
        long now = put("a", "one");
        RecordingListener told = new RecordingListener();
        store().watch(ALL, now + 3, told);
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            revisions.add(put("a", "v" + i));
        }
        told.awaitRevision(revisions.get(5));
        assertThat(told.events())
                .extracting(StoreEvent::revision)
                .isEqualTo(revisions.stream().filter(r -> r >= now + 3).toList());
    }

    @Test
    void aRequestForProgressIsAnswered() {
        assumeTrue(store().progressIsExact(), "a store whose progress can't be trusted tells none");
        RecordingListener busy = new RecordingListener();
        RecordingListener idle = new RecordingListener();
        StoreFeed feed = store().watch(KeyRange.prefix(key("w/")), 0, busy);
        store().watch(KeyRange.prefix(key("idle/")), 0, idle);
        put("w/a", "one");
        long last = put("elsewhere", "two");
        for (RecordingListener told : List.of(busy, idle)) {
            told.await("progress", () -> {
                if (told.progress() < last) {
                    store().requestProgress();
                }
                return told.progress() >= last;
            });
            assertThat(told.broken()).isEmpty();
        }
        assertThat(busy.events()).hasSize(1);
        assertThat(idle.events()).isEmpty();
        assertThat(feed.deliveredRevision()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void aClosedFeedIsToldSoAndNothingElse() {
        RecordingListener closed = new RecordingListener();
        RecordingListener open = new RecordingListener();
        StoreFeed feed = store().watch(ALL, 0, closed);
        store().watch(ALL, 0, open);
        put("a", "one");
        closed.awaitEvents(1);
        feed.close();
        feed.close();
        closed.awaitEnd();
        assertThat(closed.cause()).isNull();
        long last = put("a", "two");
        open.awaitRevision(last);
        assertThat(closed.events()).hasSize(1);
        assertThat(closed.broken()).isEmpty();
    }

    @Test
    void aListenerThatThrowsEndsItsOwnFeedOnly() {
        RecordingListener failed = new RecordingListener();
        RecordingListener other = new RecordingListener();
        store().watch(ALL, 0, new FeedListener() {
            @Override
            public void onEvents(List<StoreEvent> events) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void onEnd(@Nullable StoreException cause) {
                failed.onEnd(cause);
            }
        });
        store().watch(ALL, 0, other);
        put("a", "one");
        long last = put("a", "two");
        failed.awaitEnd();
        other.awaitRevision(last);
        assertThat(other.events()).hasSize(2);
        assertThat(Objects.requireNonNull(failed.cause()).kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(failed.cause()).hasRootCauseMessage("on purpose");
    }

    // -- time to live

    @Test
    void anEntryExpires() throws Exception {
        RecordingListener told = new RecordingListener();
        store().watch(ALL, 0, told);
        long made = commit(Precondition.any(), new Write.Put(key("event"), bytes("x"), 5));
        put("stays", "x");
        assertThat(entry("event").lease()).isNotZero();
        assertThat(entry("stays").lease()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(store().get(key("event"))).isNotNull();
        pass(Duration.ofSeconds(5));
        told.awaitEvents(3);
        assertThat(store().get(key("event"))).isNull();
        assertThat(store().get(key("stays"))).isNotNull();
        assertThat(told.events().get(2)).isInstanceOfSatisfying(StoreEvent.Delete.class, delete -> {
            assertThat(delete.key()).isEqualTo(key("event"));
            assertThat(delete.previous().modRevision()).isEqualTo(made);
            assertThat(delete.revision()).isGreaterThan(made);
        });
    }

    @Test
    void aWriteReplacesTheTimeToLive() throws Exception {
        commit(Precondition.any(), new Write.Put(key("kept"), bytes("x"), 2));
        commit(Precondition.any(), new Write.Put(key("longer"), bytes("x"), 2));
        commit(Precondition.any(), new Write.Put(key("shorter"), bytes("x"), 3600));
        put("kept", "y");
        commit(Precondition.any(), new Write.Put(key("longer"), bytes("y"), 3600));
        RecordingListener told = new RecordingListener();
        store().watch(ALL, 0, told);
        commit(Precondition.any(), new Write.Put(key("shorter"), bytes("y"), 1));
        pass(Duration.ofSeconds(4));
        told.awaitEvents(2);
        assertThat(names(store().range(RangeQuery.of(ALL)))).containsExactly("kept", "longer");
    }

    // -- many at once

    @Test
    void incrementsUnderAPreconditionAreNotLost() throws Exception {
        commit(Precondition.absent(), Write.put(key("n"), bytes("0")));
        int writers = 4;
        int each = 100;
        together(writers, writer -> {
            for (int i = 0; i < each; ) {
                Entry now = entry("n");
                int n = Integer.parseInt(new String(now.value(), UTF_8));
                CommitResult result = store().commit(
                                Precondition.atRevision(now.modRevision()), Write.put(key("n"), bytes("" + (n + 1))));
                if (result instanceof Committed) {
                    i++;
                }
            }
        });
        assertThat(entry("n").value()).isEqualTo(bytes("" + writers * each));
        assertThat(entry("n").version()).isEqualTo(writers * each + 1);
    }

    @Test
    void creatorsOfOneKeyHaveOneWinner() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = "r" + round;
            List<CommitResult> results = Collections.synchronizedList(new ArrayList<>());
            together(
                    4,
                    writer -> results.add(
                            store().commit(Precondition.absent(), Write.put(key(name), bytes("w" + writer)))));
            assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(Conflict.class::isInstance)
                    .hasSize(3)
                    .containsOnly(new Conflict(entry(name)));
        }
    }

    @Test
    void watchersSeeEveryEventOnceWhileManyWrite() throws Exception {
        long seed = seed();
        long start = store().currentRevision();
        List<RecordingListener> watchers = Collections.synchronizedList(new ArrayList<>());
        List<Long> froms = Collections.synchronizedList(new ArrayList<>());
        together(6, worker -> {
            Random random = new Random(seed + worker);
            for (int i = 0; i < 250; i++) {
                String name = "m/" + random.nextInt(20);
                if (worker < 4) {
                    store().commit(
                                    Precondition.any(),
                                    random.nextInt(3) == 0
                                            ? Write.delete(key(name))
                                            : Write.put(key(name), bytes(worker + ":" + i)));
                } else if (i % 25 == 0) {
                    long now = store().currentRevision();
                    long from = start + 1 + (long) (random.nextDouble() * (now - start + 2));
                    RecordingListener told = new RecordingListener();
                    synchronized (watchers) {
                        watchers.add(told);
                        froms.add(from);
                    }
                    store().watch(KeyRange.prefix(key("m/")), from, told);
                }
            }
        });
        // A watcher may have begun ahead of the last write: there is something to come for each.
        long furthest = Collections.max(froms);
        long last = put("m/last", "end");
        while (last < furthest) {
            last = put("m/last", "end");
        }
        RecordingListener whole = new RecordingListener();
        store().watch(KeyRange.prefix(key("m/")), start + 1, whole);
        whole.awaitRevision(last);
        List<StoreEvent> all = whole.events();
        assertThat(replayed(all))
                .as("seed %d", seed)
                .isEqualTo(
                        store().range(RangeQuery.of(KeyRange.prefix(key("m/")))).entries());
        for (int i = 0; i < watchers.size(); i++) {
            RecordingListener told = watchers.get(i);
            long from = froms.get(i);
            told.awaitRevision(last);
            assertThat(told.events())
                    .as("from %d, seed %d", from, seed)
                    .isEqualTo(all.stream().filter(e -> e.revision() >= from).toList());
            assertThat(told.broken()).as("seed %d", seed).isEmpty();
        }
    }

    /** What the events leave; checks that each previous entry is what the events before left. */
    private static List<Entry> replayed(List<StoreEvent> events) {
        TreeMap<String, Entry> state = new TreeMap<>();
        for (StoreEvent event : events) {
            assertThat(event.previous()).isEqualTo(state.get(event.key()));
            if (event instanceof StoreEvent.Put put) {
                state.put(event.key(), put.entry());
            } else {
                state.remove(event.key());
            }
        }
        return List.copyOf(state.values());
    }

    @Test
    void readsNeverGoBack() throws Exception {
        commit(Precondition.any(), Write.put(key("n"), bytes("")));
        AtomicBoolean done = new AtomicBoolean();
        together(3, worker -> {
            if (worker == 0) {
                for (int i = 0; i < 300; i++) {
                    store().commit(
                                    Precondition.any(),
                                    i % 5 == 4 ? Write.delete(key("n")) : Write.put(key("n"), bytes("" + i)));
                }
                done.set(true);
                return;
            }
            long seen = 0;
            while (!done.get()) {
                Entry got = store().get(key("n"));
                if (got != null) {
                    assertThat(got.modRevision()).isGreaterThanOrEqualTo(seen);
                    seen = got.modRevision();
                }
                RangePage page = store().range(RangeQuery.of(KeyRange.single(key("n"))));
                assertThat(page.revision()).isGreaterThanOrEqualTo(seen);
                seen = page.revision();
                for (Entry entry : page.entries()) {
                    assertThat(entry.modRevision()).isLessThanOrEqualTo(seen);
                }
                long current = store().currentRevision();
                assertThat(current).isGreaterThanOrEqualTo(seen);
            }
        });
    }

    // -- the end

    @Test
    void aClosedStoreRefusesAndEndsItsFeeds() {
        put("a", "one");
        RecordingListener told = new RecordingListener();
        store().watch(ALL, 0, told);
        store().close();
        store().close();
        told.awaitEnd();
        assertThat(Objects.requireNonNull(told.cause()).kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        List<Callable<?>> calls = List.of(
                () -> store().get(key("a")),
                () -> store().range(RangeQuery.of(ALL)),
                () -> store().count(ALL),
                () -> store().currentRevision(),
                () -> store().commit(Precondition.any(), Write.put(key("a"), bytes("two"))),
                () -> store().watch(ALL, 0, new RecordingListener()));
        for (Callable<?> call : calls) {
            assertThatThrownBy(call::call)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        }
    }

    // -- words of the tests

    protected static String key(String name) {
        return PREFIX + name;
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    protected final long put(String name, String value) {
        return commit(Precondition.any(), Write.put(key(name), bytes(value)));
    }

    protected final long commit(Precondition precondition, Write write) {
        return committed(store().commit(precondition, write)).revision();
    }

    protected final Entry entry(String name) {
        return Objects.requireNonNull(store().get(key(name)));
    }

    private RangePage range(String prefix) {
        return store().range(RangeQuery.of(KeyRange.prefix(key(prefix))));
    }

    private static Committed committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return (Committed) result;
    }

    private static String name(Entry entry) {
        return entry.key().substring(PREFIX.length());
    }

    private static List<String> names(RangePage page) {
        return page.entries().stream().map(StorageContract::name).toList();
    }

    /** A seed, printed; the property {@code contract.seed} repeats a run. */
    private static long seed() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        System.out.println("contract.seed=" + seed);
        return seed;
    }

    private interface Worker {
        void work(int number) throws Exception;
    }

    private static void together(int workers, Worker worker) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    worker.work(number);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
