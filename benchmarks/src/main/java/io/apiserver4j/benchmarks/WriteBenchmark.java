// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes through the whole corridor, in process, with the watch caches alive. Goals: create a ConfigMap 100 µs, a Pod 150,
 * update and patch 200, an apply that changes nothing 200, one field 300.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up first
public class WriteBenchmark {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String FIELD_MANAGER = "?fieldManager=bench";

    private Bench bench;
    private byte[] updated;
    private long count;

    /** A fresh server for each iteration, since creations fill it. */
    @Setup(Level.Iteration)
    public void start() {
        bench = new Bench();
        bench.get(Bench.MAPS);
        bench.get(Bench.PODS);
        bench.get(DEPLOYMENTS);
        bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("a"));
        bench.send("POST", Bench.MAPS, Bench.JSON, Bodies.configMap("a"));
        bench.send("PATCH", DEPLOYMENTS + "/a" + FIELD_MANAGER, Bench.APPLY, Bodies.deployment("a", 1));
        updated = Bench.text(bench.get(Bench.PODS + "/a"))
                .replaceFirst("\"resourceVersion\":\"\\d+\",", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The end. */
    @TearDown(Level.Iteration)
    public void stop() {
        bench.close();
    }

    /** A new ConfigMap of 2.4 kB. */
    @Benchmark
    public ApiResponse createConfigMap() {
        return bench.send("POST", Bench.MAPS, Bench.JSON, Bodies.configMap("m" + count++));
    }

    /** A new Pod of 5 to 6 kB. */
    @Benchmark
    public ApiResponse createPod() {
        return bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("p" + count++));
    }

    /** A whole Pod put back with another annotation. */
    @Benchmark
    public ApiResponse updatePod() {
        byte[] body = updated.clone();
        int at = indexOf(body, "the quick");
        body[at] = (byte) ('a' + count++ % 26);
        return bench.send("PUT", Bench.PODS + "/a", Bench.JSON, body);
    }

    private static int indexOf(byte[] text, String part) {
        return new String(text, StandardCharsets.ISO_8859_1).indexOf(part);
    }

    /** The status of a Pod, as a node's agent patches it. */
    @Benchmark
    public ApiResponse patchPodStatus() {
        return bench.send("PATCH", Bench.PODS + "/a/status", Bench.STRATEGIC, Bodies.podStatus(count++));
    }

    /** An apply that changes nothing. */
    @Benchmark
    public ApiResponse applyNothing() {
        return bench.send("PATCH", DEPLOYMENTS + "/a" + FIELD_MANAGER, Bench.APPLY, Bodies.deployment("a", 1));
    }

    /** An apply that changes one field. */
    @Benchmark
    public ApiResponse applyOneField() {
        return bench.send(
                "PATCH", DEPLOYMENTS + "/a" + FIELD_MANAGER, Bench.APPLY, Bodies.deployment("a", 2 + count++ % 9));
    }
}
