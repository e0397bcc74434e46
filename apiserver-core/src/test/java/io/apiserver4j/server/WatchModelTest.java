// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.DoorContract;
import io.apiserver4j.contract.InProcessDoor;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Writers, readers and watchers at once, through the door; afterwards everything that anybody was told is held against one
 * history. Reads are states of that history, watches are parts of it, and no write is missing from it.
 */
@Timeout(60)
class WatchModelTest {
    private static final String ALL = "/api/v1/configmaps";
    private static final int WRITES = 200;

    private final ApiServer server = ApiServer.builder().build();
    private final InProcessDoor door = new InProcessDoor(server);
    private final Queue<ObjectValue> written = new ConcurrentLinkedQueue<>();
    private final Queue<ObjectValue> lists = new ConcurrentLinkedQueue<>();
    private final Queue<Watching> watches = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean(true);

    /** A watch: behind which revision, of which color (null for all), of which namespace (empty for all). */
    private record Watching(long after, @Nullable String color, String namespace, DoorContract.OpenWatch watch) {}

    /** One event in few words. */
    private record Event(String type, String key, long revision, String color) {
        static Event of(String line) {
            ObjectValue event = json(line);
            ObjectValue object = event.objectOrEmpty("object");
            return new Event(event.stringOrEmpty("type"), keyOf(object), revisionOf(object), colorOf(object));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long revisionOf(ObjectValue object) {
        return Long.parseLong(object.objectOrEmpty("metadata").stringOrEmpty("resourceVersion"));
    }

    private static String keyOf(ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        return metadata.stringOrEmpty("namespace") + "/" + metadata.stringOrEmpty("name");
    }

    private static String colorOf(ObjectValue object) {
        return object.objectOrEmpty("metadata").objectOrEmpty("labels").stringOrEmpty("color");
    }

    private DoorContract.Answer send(String method, String target, String body) {
        return door.send(
                method, target, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Random random, int round) {
        String namespace = random.nextBoolean() ? "default" : "kube-system";
        String name = "m" + random.nextInt(5);
        String collection = "/api/v1/namespaces/" + namespace + "/configmaps";
        String body = "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"color\":\""
                + (random.nextBoolean() ? "red" : "blue") + "\"}},\"data\":{\"round\":\"" + round + "\"}}";
        DoorContract.Answer answer = switch (random.nextInt(4)) {
            case 0 -> send("POST", collection, body);
            case 1 -> send("DELETE", collection + "/" + name, "");
            default -> send("PUT", collection + "/" + name, body);
        };
        assertThat(answer.code()).as(answer.text()).isIn(200, 201, 404, 409);
        ObjectValue object = json(answer.text());
        if (answer.code() < 300 && !object.stringOrEmpty("kind").equals("Status")) {
            written.add(object);
        }
    }

    private void read(Random random) {
        String query = switch (random.nextInt(3)) {
            case 0 -> "?resourceVersion=0";
            case 1 -> "?limit=500";
            default -> "";
        };
        ObjectValue list = json(send("GET", ALL + query, "").text());
        lists.add(list);
        if (random.nextInt(3) > 0) {
            return;
        }
        String color = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "red" : "blue";
        String namespace = random.nextInt(3) == 0 ? "default" : "";
        String path = namespace.isEmpty() ? ALL : "/api/v1/namespaces/" + namespace + "/configmaps";
        long after = revisionOf(list);
        watches.add(new Watching(
                after,
                color,
                namespace,
                door.watch(path + "?watch=true&resourceVersion=" + after
                        + (color == null ? "" : "&labelSelector=color%3D" + color))));
    }

    @Test
    void everythingToldIsOneHistory() throws Exception {
        long seed = Long.getLong("model.seed", System.nanoTime());
        System.out.println("model.seed=" + seed);
        long start = revisionOf(json(send("GET", ALL, "").text()));
        watches.add(new Watching(start, null, "", door.watch(ALL + "?watch=true&resourceVersion=" + start)));
        run(seed);
        long last = revisionOf(
                json(send("POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"last\"}}")
                        .text()));
        for (String color : List.of("red", "blue")) { // an end that every watch sees
            send(
                    "POST",
                    "/api/v1/namespaces/default/configmaps",
                    "{\"metadata\":{\"name\":\"last-" + color + "\",\"labels\":{\"color\":\"" + color + "\"}}}");
        }
        List<Event> history = new ArrayList<>();
        for (Watching one : watches) {
            List<Event> told = told(one, last);
            if (history.isEmpty()) {
                history.addAll(told);
                checkWrites(history, seed);
                continue;
            }
            assertThat(told).as("%s, seed %d", one, seed).isEqualTo(expected(history, one));
        }
        for (ObjectValue list : lists) {
            checkList(list, history, start, seed);
        }
    }

    private void run(long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<?>> writers = new ArrayList<>();
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(seed + i);
                writers.add(threads.submit(() -> {
                    for (int round = 0; round < WRITES; round++) {
                        write(random, round);
                    }
                }));
            }
            for (int i = 0; i < 2; i++) {
                Random random = new Random(seed + 10 + i);
                readers.add(threads.submit(() -> {
                    while (writing.get() && lists.size() < 600) {
                        read(random);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(50, TimeUnit.SECONDS);
            }
            writing.set(false);
            for (Future<?> reader : readers) {
                reader.get(50, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a watch was told up to the last write of the run. */
    private static List<Event> told(Watching one, long last) throws Exception {
        List<Event> out = new ArrayList<>();
        try (DoorContract.OpenWatch watch = one.watch()) {
            while (true) {
                Event event = Event.of(String.valueOf(watch.next()));
                if (event.revision() >= last) {
                    return out;
                }
                out.add(event);
            }
        }
    }

    /** Each write that a client was told of is in the history, once, as it was told. */
    private void checkWrites(List<Event> history, long seed) {
        Map<Long, Event> byRevision = new TreeMap<>();
        long before = 0;
        for (Event event : history) {
            assertThat(event.revision()).as("seed %d", seed).isGreaterThan(before);
            before = event.revision();
            byRevision.put(event.revision(), event);
        }
        for (ObjectValue object : written) {
            Event event = byRevision.get(revisionOf(object));
            assertThat(event).as("%s, seed %d", object, seed).isNotNull();
            assertThat(event.key() + event.color()).isEqualTo(keyOf(object) + colorOf(object));
        }
    }

    /** The part of the history that a watch is to be told. */
    private static List<Event> expected(List<Event> history, Watching one) {
        Map<String, String> colors = new TreeMap<>();
        List<Event> out = new ArrayList<>();
        for (Event event : history) {
            boolean gone = event.type().equals("DELETED");
            String old = colors.get(event.key());
            boolean before = old != null && (one.color() == null || old.equals(one.color()));
            boolean after = !gone && (one.color() == null || event.color().equals(one.color()));
            if (gone) {
                colors.remove(event.key());
            } else {
                colors.put(event.key(), event.color());
            }
            boolean here = one.namespace().isEmpty() || event.key().startsWith(one.namespace() + "/");
            if (event.revision() <= one.after() || !here || !before && !after) {
                continue;
            }
            String type = !after ? "DELETED" : before ? "MODIFIED" : "ADDED";
            // who leaves a selection is shown as it was last in it
            String color = after || old == null ? event.color() : old;
            out.add(new Event(type, event.key(), event.revision(), color));
        }
        return out;
    }

    /** A list is the state that the history has at its revision. */
    private static void checkList(ObjectValue list, List<Event> history, long start, long seed) {
        Map<String, Long> expected = new TreeMap<>();
        for (Event event : history) {
            if (event.revision() > revisionOf(list)) {
                break;
            }
            if (event.type().equals("DELETED")) {
                expected.remove(event.key());
            } else {
                expected.put(event.key(), event.revision());
            }
        }
        Map<String, Long> shown = new TreeMap<>();
        for (ObjectValue one : list.arrayOrEmpty("items").objects()) {
            if (revisionOf(one) > start) { // the server has some of its own
                shown.put(keyOf(one), revisionOf(one));
            }
        }
        assertThat(shown).as("at %d, seed %d", revisionOf(list), seed).isEqualTo(expected);
    }
}
