// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.server.ApiServer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From nothing to the first answer, in a JVM that has done it before. Goal: 30 ms. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class StartBenchmark {
    /** A server for tests, one read, and its end. */
    @Benchmark
    public int startAnswerClose() {
        try (ApiServer server = ApiServer.forTests()) {
            return server.handle(ApiRequest.get("/api/v1/namespaces/default")).code();
        }
    }

    /** The same without controllers. */
    @Benchmark
    public int startAnswerCloseBare() {
        try (ApiServer server = ApiServer.builder().build()) {
            return server.handle(ApiRequest.get("/api/v1/namespaces/default")).code();
        }
    }
}
