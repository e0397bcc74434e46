// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.server.ApiServer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * CPU time per operation, of the calling thread alone: the figure that a busy machine does not spoil. A program of its own:
 * {@code CpuTable [seconds of CPU per operation] [names]}. The collector's and the compiler's time is not in it.
 */
public final class CpuTable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String MANAGER = "?fieldManager=bench";

    private long count;

    private CpuTable() {}

    /** One operation; says how many pieces it did. */
    private interface Operation {
        int run();
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        long nanos = arguments.length > 0 ? (long) (Double.parseDouble(arguments[0]) * 1e9) : 3_000_000_000L;
        Set<String> names = Set.of(arguments).stream()
                .filter(one -> !Character.isDigit(one.charAt(0)))
                .collect(java.util.stream.Collectors.toSet());
        CpuTable table = new CpuTable();
        try (Bench bench = new Bench()) {
            table.fill(bench);
            table.operations(bench).forEach((name, operation) -> {
                if (names.isEmpty() || names.contains(name)) {
                    spend(operation, nanos * 2);
                    System.out.printf("%-24s %10.2f us%n", name, spend(operation, nanos));
                }
            });
        }
    }

    /** Microseconds of CPU per piece, over so much CPU time. */
    private static double spend(Operation operation, long nanos) {
        long pieces = 0;
        long began = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        while (spent < nanos) {
            for (int i = 0; i < 20 && spent < nanos; i++) {
                pieces += operation.run();
            }
            spent = THREADS.getCurrentThreadCpuTime() - began;
        }
        return spent / 1000.0 / pieces;
    }

    private void fill(Bench bench) {
        bench.get(Bench.MAPS);
        bench.get(Bench.PODS);
        bench.get(DEPLOYMENTS);
        bench.send("POST", Bench.MAPS, Bench.JSON, Bodies.configMap("a"));
        bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("a"));
        bench.send("PATCH", DEPLOYMENTS + "/a" + MANAGER, Bench.APPLY, Bodies.deployment("a", 1));
    }

    private Map<String, Operation> operations(Bench bench) {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("getConfigMap", () -> bench.get(Bench.MAPS + "/a").code() / 200);
        all.put("getPod", () -> bench.get(Bench.PODS + "/a").code() / 200);
        all.put(
                "patchPodStatus",
                () -> done(bench.send("PATCH", Bench.PODS + "/a/status", Bench.STRATEGIC, Bodies.podStatus(count++))));
        String pod = Bench.text(bench.get(Bench.PODS + "/a")).replaceFirst("\"resourceVersion\":\"\\d+\",", "");
        all.put(
                "updatePod",
                () -> done(bench.send(
                        "PUT",
                        Bench.PODS + "/a",
                        Bench.JSON,
                        pod.replace("the quick", "round " + count++).getBytes(StandardCharsets.UTF_8))));
        all.put(
                "applyNothing",
                () -> done(bench.send("PATCH", DEPLOYMENTS + "/a" + MANAGER, Bench.APPLY, Bodies.deployment("a", 1))));
        all.put(
                "applyOneField",
                () -> done(bench.send(
                        "PATCH", DEPLOYMENTS + "/a" + MANAGER, Bench.APPLY, Bodies.deployment("a", 1 + count++ % 9))));
        all.put(
                "createConfigMap",
                () -> done(bench.send("POST", Bench.MAPS, Bench.JSON, Bodies.configMap("m" + count++))));
        all.put("createPod", () -> done(bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("p" + count++))));
        all.put("createAndDeletePod", () -> {
            String name = "q" + count++;
            bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod(name));
            return done(bench.send("DELETE", Bench.PODS + "/" + name + "?gracePeriodSeconds=0", Bench.JSON, ""));
        });
        all.put("listPods, per object", () -> pieces(bench, Bench.PODS));
        all.put("listPage, per object", () -> pieces(bench, Bench.PODS + "?limit=500"));
        all.put("startAnswerClose", () -> {
            try (ApiServer server = ApiServer.forTests()) {
                return server.handle(ApiRequest.get("/api/v1/namespaces/default"))
                                .code()
                        / 200;
            }
        });
        return all;
    }

    private static int done(Object answer) {
        return answer == null ? 0 : 1;
    }

    private static int pieces(Bench bench, String path) {
        long bytes = Bench.drainAny(bench.get(path));
        return (int) Math.max(
                1, bytes / Bench.text(bench.get(Bench.PODS + "/a")).length());
    }
}
