// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writers of config maps, each with names of its own, who know what must be there: what was acknowledged last, or, where
 * an answer failed, that or what the failed write would have made of it.
 */
final class Workload {
    static final String NAMESPACE = "default";
    private static final String MAPS = "/api/v1/namespaces/" + NAMESPACE + "/configmaps";
    private static final int NAMES = 4;
    private static final int ABSENT = 0;

    final AtomicInteger acknowledged = new AtomicInteger();
    final AtomicInteger uncertain = new AtomicInteger();
    final Collection<String> violations = new ConcurrentLinkedQueue<>();

    private final Map<String, Set<Integer>> states = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Starts writers, each at one of the servers. */
    Workload(List<ApiServer> servers, int writers, long seed) {
        for (int i = 0; i < writers; i++) {
            int writer = i;
            ApiServer server = servers.get(i % servers.size());
            Thread thread = new Thread(() -> write(server, "w" + writer, new Random(seed + writer)), "writer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void write(ApiServer server, String writer, Random random) {
        int count = 0;
        while (!stopped) {
            String name = writer + "-" + random.nextInt(NAMES);
            Set<Integer> known = states.computeIfAbsent(name, key -> Set.of(ABSENT));
            if (known.size() > 1) {
                look(server, name, known);
                continue;
            }
            count++;
            int is = known.iterator().next();
            if (is == ABSENT) {
                done(name, is, count, send(server, "POST", MAPS, object(name, count)), 201);
            } else if (random.nextInt(4) > 0) {
                done(name, is, count, send(server, "PUT", MAPS + "/" + name, object(name, count)), 200);
            } else {
                done(name, is, ABSENT, send(server, "DELETE", MAPS + "/" + name, ""), 200);
            }
        }
    }

    private void done(String name, int was, int wanted, int code, int expected) {
        if (code == expected) {
            acknowledged.incrementAndGet();
            states.put(name, Set.of(wanted));
        } else if (code >= 500) {
            uncertain.incrementAndGet();
            states.put(name, new HashSet<>(List.of(was, wanted)));
        } else {
            violations.add(name + ": " + code + " where " + was + " was to become " + wanted);
        }
    }

    /** Finds out what became of a write that was not answered. */
    private void look(ApiServer server, String name, Set<Integer> known) {
        int found = find(server, name);
        if (found >= 0) {
            settle(name, known, found);
        }
    }

    private void settle(String name, Set<Integer> known, int found) {
        if (!known.contains(found)) {
            violations.add(name + ": found " + found + " where " + known + " may be");
        }
        states.put(name, Set.of(found));
    }

    /** Compares all that is there with what must be there; a server that does not answer is asked again. */
    void check(ApiServer server) throws InterruptedException {
        for (Map.Entry<String, Set<Integer>> one : states.entrySet()) {
            int found = find(server, one.getKey());
            for (int i = 0; found < 0 && i < 100; i++) {
                Thread.sleep(100);
                found = find(server, one.getKey());
            }
            settle(one.getKey(), one.getValue(), found);
        }
    }

    /** The number in an object, 0 where there is none, -1 where that can't be told. */
    private static int find(ApiServer server, String name) {
        ApiResponse answer = answer(server, "GET", MAPS + "/" + name, "");
        if (answer.code() == 404) {
            return ABSENT;
        }
        return answer.code() == 200 ? number(JsonReader.readObject(((ApiResponse.Complete) answer).body())) : -1;
    }

    static int number(ObjectValue map) {
        return Integer.parseInt(map.objectOrEmpty("data").stringOrEmpty("n"));
    }

    static String object(String name, int number) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"n\":\"" + number + "\"}}";
    }

    private static int send(ApiServer server, String method, String path, String body) {
        return answer(server, method, path, body).code();
    }

    static ApiResponse answer(ApiServer server, String method, String path, String body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        return server.handle(ApiRequest.of(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }
}
