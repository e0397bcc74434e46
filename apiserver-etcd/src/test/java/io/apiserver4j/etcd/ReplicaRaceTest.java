// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.EtcdProgram;
import io.apiserver4j.etcd.RegisterModel.Call;
import io.apiserver4j.etcd.RegisterModel.Change;
import io.apiserver4j.etcd.RegisterModel.Kind;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.StorageSettings;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two servers on one etcd, clients that race for the same objects: all answers fit one order of the calls. */
class ReplicaRaceTest {
    private static final long SECONDS = Long.getLong("faults.seconds", 3);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PREFIX = "/registry/configmaps/default/";
    private static final int NAMES = 3;
    private static final int CLIENTS = 6;

    private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
    private final List<StoreEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void allAnswersFitOneOrder() throws Exception {
        System.out.println("race.seed=" + SEED);
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync");
                EtcdStore first =
                        EtcdStore.builder().endpoints(List.of(etcd.endpoint())).build();
                EtcdStore second =
                        EtcdStore.builder().endpoints(List.of(etcd.endpoint())).build();
                ApiServer one = server(first);
                ApiServer other = server(second)) {
            first.watch(KeyRange.prefix(PREFIX + "r"), 0, new Recorder());
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                ApiServer server = i % 2 == 0 ? one : other;
                Thread client = new Thread(() -> race(server, random, end), "client-" + i);
                client.setDaemon(true);
                clients.add(client);
                client.start();
            }
            for (Thread client : clients) {
                client.join();
            }
            awaitEvents(first.currentRevision(), first);
        }
        Map<String, List<Change>> changes = new TreeMap<>();
        for (StoreEvent event : events) {
            changes.computeIfAbsent(event.key().substring(PREFIX.length()), key -> new ArrayList<>())
                    .add(new Change(
                            event.revision(),
                            event instanceof StoreEvent.Delete,
                            event.previous() == null
                                    ? 0
                                    : Objects.requireNonNull(event.previous()).modRevision()));
        }
        List<String> odd = new ArrayList<>();
        calls.forEach((name, made) ->
                odd.addAll(new RegisterModel().check(changes.getOrDefault(name, List.of()), made)));
        System.out.println(
                "race: calls=" + calls.values().stream().mapToInt(List::size).sum() + " changes=" + events.size()
                        + " odd=" + odd.size());
        assertThat(odd).isEmpty();
        assertThat(events).hasSizeGreaterThan(10);
    }

    private static ApiServer server(EtcdStore store) {
        store.probe("/health", Duration.ofSeconds(20));
        return ApiServer.builder().store(store).storage(StorageSettings.SHARED).build();
    }

    private void awaitEvents(long revision, EtcdStore store) throws InterruptedException {
        for (int i = 0; i < 1000 && progress < revision; i++) {
            store.requestProgress();
            Thread.sleep(10);
        }
        assertThat(progress).isGreaterThanOrEqualTo(revision);
    }

    private volatile long progress;

    private final class Recorder implements FeedListener {
        @Override
        public void onEvents(List<StoreEvent> batch) {
            events.addAll(batch);
        }

        @Override
        public void onProgress(long revision) {
            progress = revision;
        }

        @Override
        public void onEnd(@Nullable StoreException cause) {}
    }

    private void race(ApiServer server, Random random, long end) {
        Map<String, Long> known = new TreeMap<>();
        while (System.nanoTime() < end) {
            String name = "r" + random.nextInt(NAMES);
            long revision = known.getOrDefault(name, 0L);
            Kind kind = revision == 0
                    ? random.nextBoolean() ? Kind.CREATE : Kind.READ
                    : List.of(Kind.UPDATE, Kind.UPDATE, Kind.DELETE, Kind.READ).get(random.nextInt(4));
            long begin = System.nanoTime();
            ApiResponse answer = call(server, kind, name, revision, random);
            long ended = System.nanoTime();
            ObjectValue body = JsonReader.readObject(((ApiResponse.Complete) answer).body());
            String told = body.objectOrEmpty("metadata").stringOrEmpty("resourceVersion");
            long found = answer.code() < 300 && kind != Kind.DELETE && !told.isEmpty() ? Long.parseLong(told) : 0;
            calls.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>())
                    .add(new Call(
                            kind,
                            kind == Kind.UPDATE || kind == Kind.DELETE ? revision : 0,
                            found,
                            answer.code(),
                            begin,
                            ended));
            known.put(name, found);
        }
    }

    private static ApiResponse call(ApiServer server, Kind kind, String name, long revision, Random random) {
        String path = MAPS + "/" + name;
        String object = "{\"metadata\":{\"name\":\"" + name + "\""
                + (kind == Kind.UPDATE ? ",\"resourceVersion\":\"" + revision + "\"" : "") + "},\"data\":{\"n\":\""
                + random.nextLong() + "\"}}";
        return switch (kind) {
            case CREATE -> Workload.answer(server, "POST", MAPS, object);
            case UPDATE -> Workload.answer(server, "PUT", path, object);
            case DELETE ->
                Workload.answer(
                        server, "DELETE", path, "{\"preconditions\":{\"resourceVersion\":\"" + revision + "\"}}");
            default -> Workload.answer(server, "GET", path, "");
        };
    }

    /** What keeps the test above able to fail. */
    @Test
    void theModelFindsWhatItShould() {
        Change made = new Change(5, false, 0);
        Change changed = new Change(7, false, 5);
        Call create = new Call(Kind.CREATE, 0, 5, 201, 0, 10);
        Call update = new Call(Kind.UPDATE, 5, 7, 200, 20, 30);
        assertThat(odd(List.of(made, changed), create, update)).isEmpty();
        assertThat(odd(List.of(made, changed), create, update, read(5, 12, 15))).isEmpty();
        assertThat(odd(List.of(made, changed), create, update, read(5, 25, 28))).isEmpty();
        assertThat(odd(List.of(made, changed), create, update, read(7, 25, 28))).isEmpty();
        assertThat(odd(List.of(made, changed), create, update, read(5, 31, 40))).hasSize(1);
        assertThat(odd(List.of(made, changed), create, update, read(7, 12, 15))).hasSize(1);
        assertThat(odd(List.of(made, changed), create, update, new Call(Kind.READ, 0, 0, 404, 12, 15)))
                .hasSize(1);
        assertThat(odd(List.of(made, changed), create, update, new Call(Kind.UPDATE, 5, 0, 409, 12, 15)))
                .hasSize(1);
        assertThat(odd(List.of(made, changed), create, update, new Call(Kind.UPDATE, 5, 0, 409, 25, 35)))
                .isEmpty();
        assertThat(odd(List.of(made), create, update)).hasSizeGreaterThanOrEqualTo(1);
        assertThat(odd(List.of(made, changed), create)).hasSize(1);
        Call early = new Call(Kind.UPDATE, 5, 7, 200, -20, -10);
        assertThat(odd(List.of(made, changed), create, early)).isNotEmpty();
    }

    private static Call read(long revision, long begin, long end) {
        return new Call(Kind.READ, 0, revision, 200, begin, end);
    }

    private static List<String> odd(List<Change> changes, Call... calls) {
        return new RegisterModel().check(changes, List.of(calls));
    }
}
