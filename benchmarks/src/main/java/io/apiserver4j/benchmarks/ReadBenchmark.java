// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads of single objects, in process. Goal: 5 µs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up first
public class ReadBenchmark {
    private Bench bench;

    /** One ConfigMap and one Pod. */
    @Setup
    public void start() {
        bench = new Bench();
        bench.send("POST", Bench.MAPS, Bench.JSON, Bodies.configMap("a"));
        bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("a"));
        System.out.println(
                "stored: ConfigMap " + Bench.text(bench.get(Bench.MAPS + "/a")).length() + " bytes, Pod "
                        + Bench.text(bench.get(Bench.PODS + "/a")).length() + " bytes");
    }

    /** The end. */
    @TearDown
    public void stop() {
        bench.close();
    }

    /** Nothing has been listed yet: the object comes from the store. */
    @Benchmark
    public ApiResponse getConfigMap() {
        return bench.get(Bench.MAPS + "/a");
    }

    /** A larger one. */
    @Benchmark
    public ApiResponse getPod() {
        return bench.get(Bench.PODS + "/a");
    }
}
