// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One write that a thousand watchers see, per delivered event, up to the frame that a socket would get. Goal: 4 µs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up first
public class FanOutBenchmark {
    private static final int WATCHERS = 1_000;

    private final Bench.Counter[] watchers = new Bench.Counter[WATCHERS];
    private Bench bench;
    private long count;

    /** The watchers. */
    @Setup
    public void start() {
        bench = new Bench();
        bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("a"));
        for (int i = 0; i < WATCHERS; i++) {
            watchers[i] = new Bench.Counter();
            ApiResponse answer = bench.server.handle(ApiRequest.get(Bench.PODS + "?watch=true"));
            ((ApiResponse.Streaming) answer).chunks().subscribe(watchers[i]);
        }
    }

    /** Nothing may have been lost. */
    @TearDown
    public void stop() {
        for (Bench.Counter watcher : watchers) {
            if (watcher.frames != count + 1) {
                throw new IllegalStateException(watcher.frames + " frames of " + (count + 1));
            }
        }
        bench.close();
    }

    /** A patch of a status, and all its deliveries. */
    @Benchmark
    @OperationsPerInvocation(WATCHERS)
    public ApiResponse patchSeenByAll() {
        return bench.send("PATCH", Bench.PODS + "/a/status", Bench.STRATEGIC, Bodies.podStatus(count++));
    }
}
