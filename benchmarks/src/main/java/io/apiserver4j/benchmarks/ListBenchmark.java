// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/** Lists of 10,000 Pods of 5 to 6 kB, per object, to a reader that is always ready. Goal: the speed of copying memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up first
public class ListBenchmark {
    private static final int PODS = 10_000;
    private static final Headers PROTOBUF = Headers.of("Accept", "application/vnd.kubernetes.protobuf");
    private static final Headers TABLE = Headers.of("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");

    private Bench bench;

    /** The Pods. */
    @Setup
    public void fill() {
        bench = new Bench();
        for (int i = 0; i < PODS; i++) {
            bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("p" + i));
        }
    }

    /** The end. */
    @TearDown
    public void stop() {
        bench.close();
    }

    /** All of them. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long listAll() {
        return Bench.drain(bench.get(Bench.PODS));
    }

    /** In pages of 500, as client-go does. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long listPages() {
        String next = "";
        long bytes = 0;
        do {
            ApiResponse page = bench.get(Bench.PODS + "?limit=500" + (next.isEmpty() ? "" : "&continue=" + next));
            Head head = new Head();
            ((ApiResponse.Streaming) page).chunks().subscribe(head);
            bytes += head.bytes;
            next = head.next();
        } while (!next.isEmpty());
        return bytes;
    }

    /** Those of a label that one in ten thousand has. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public ApiResponse listNone() {
        return bench.get(Bench.PODS + "?labelSelector=app%3Dnobody");
    }

    /** As protobuf, which is made of trees. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public ApiResponse listProtobuf() {
        return bench.send("GET", Bench.PODS, PROTOBUF, new byte[0]);
    }

    /** As kubectl shows them. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public ApiResponse listTable() {
        return bench.send("GET", Bench.PODS, TABLE, new byte[0]);
    }

    /** Counts, and keeps the beginning, where the continue token stands. */
    private static final class Head extends Bench.Counter {
        private static final String MARK = "\"continue\":\"";
        private String first = "";

        @Override
        public void onNext(List<ByteBuffer> group) {
            if (bytes == 0) {
                byte[] start = new byte[Math.min(512, group.get(0).remaining())];
                group.get(0).duplicate().get(start);
                first = new String(start, StandardCharsets.ISO_8859_1);
            }
            super.onNext(group);
        }

        String next() {
            int at = first.indexOf(MARK);
            return at < 0 ? "" : first.substring(at + MARK.length(), first.indexOf('"', at + MARK.length()));
        }
    }
}
