// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

/**
 * What a stored byte takes on the heap, with 100,000 Pods and the watch cache alive. A program of its own: {@code java -Xmx4g
 * -XX:+UseCompactObjectHeaders ... HeapPerByte [pods]}. Goal: 2.2 bytes.
 */
public final class HeapPerByte {
    private HeapPerByte() {}

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Fills a server, and prints a line. */
    public static void main(String[] arguments) throws InterruptedException {
        int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        try (Bench bench = new Bench()) {
            bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("first"));
            long one = Bench.drainAny(bench.get(Bench.PODS)); // the cache is there from now on
            long before = used();
            long began = System.nanoTime();
            for (int i = 0; i < pods; i++) {
                bench.send("POST", Bench.PODS, Bench.JSON, Bodies.pod("pod-" + i));
            }
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            long after = used();
            long bytes = Bench.drainAny(bench.get(Bench.PODS)) - one;
            System.out.printf(
                    "%d pods in %d s: %,d bytes as JSON, %,d bytes of heap, %.2f bytes of heap per byte%n",
                    pods, seconds, bytes, after - before, (double) (after - before) / bytes);
        }
    }
}
