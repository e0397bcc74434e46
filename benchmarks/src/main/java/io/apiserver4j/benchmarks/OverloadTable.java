// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one user's flood does to others, with priority and fairness: latencies of another user, of a node's lease and of
 * health, alone and while the flood is ten times what the server works on at once. A program of its own: {@code
 * OverloadTable [seconds]}. The server's seats are set to what the machine's processors can work on, since waiting for a
 * processor is not the queues' to shorten.
 */
public final class OverloadTable {
    private static final Identity NOISY = Identity.of("noisy", Identity.AUTHENTICATED);
    private static final Identity QUIET = Identity.of("quiet", Identity.AUTHENTICATED);
    private static final Identity NODE = Identity.of("system:node:n1", "system:nodes", Identity.AUTHENTICATED);
    private static final ApiRequest PODS = ApiRequest.get("/api/v1/namespaces/default/pods");
    private static final ApiRequest LEASE =
            ApiRequest.get("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1");
    private static final ApiRequest HEALTH = ApiRequest.get("/livez");
    private static final int OBJECTS = 500;

    private OverloadTable() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws InterruptedException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
        int seats = Runtime.getRuntime().availableProcessors();
        ApiServerSettings standard = ApiServerSettings.STANDARD;
        ApiServerSettings settings = new ApiServerSettings(
                seats,
                seats,
                standard.requestTimeout(),
                standard.minRequestTimeout(),
                standard.enabledAdmissionPlugins(),
                standard.disabledAdmissionPlugins(),
                standard.notReadyTolerationSeconds(),
                standard.unreachableTolerationSeconds(),
                standard.serviceClusterIpRanges(),
                standard.serviceNodePorts(),
                standard.advertiseAddress(),
                standard.securePort(),
                standard.controllers(),
                standard.rootCertificates());
        try (ApiServer server =
                ApiServer.builder().settings(settings).priorityAndFairness(true).build()) {
            fill(server);
            measure(server, "warm-up", seconds / 2);
            measure(server, "alone", seconds);
            AtomicBoolean ended = new AtomicBoolean();
            LongAdder served = new LongAdder();
            LongAdder refused = new LongAdder();
            List<Thread> flood = new ArrayList<>();
            for (int i = 0; i < 10 * 2 * seats; i++) {
                Thread thread = new Thread(() -> {
                    while (!ended.get()) {
                        (serve(server, PODS, NOISY) ? served : refused).increment();
                    }
                });
                thread.setDaemon(true);
                thread.start();
                flood.add(thread);
            }
            measure(server, "warm-up", seconds / 2);
            measure(server, "in the flood", seconds);
            ended.set(true);
            for (Thread thread : flood) {
                thread.join();
            }
            System.out.printf(
                    "the flood: %d callers, %d served, %d refused%n", flood.size(), served.sum(), refused.sum());
        }
    }

    /** Takes an answer to its last byte; says whether it was what was asked for. */
    private static boolean serve(ApiServer server, ApiRequest request, Identity who) {
        ApiResponse answer = server.handle(request, who);
        if (answer instanceof ApiResponse.Streaming) {
            Bench.drain(answer);
        }
        return answer.code() == 200;
    }

    private static void fill(ApiServer server) {
        post(server, "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        for (int i = 0; i < OBJECTS; i++) {
            post(
                    server,
                    "/api/v1/namespaces/default/pods",
                    "{\"metadata\":{\"name\":\"p" + i + "\"},\"spec\":"
                            + "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"automountServiceAccountToken\":false,"
                            + "\"serviceAccountName\":\"default\"}}");
        }
        post(
                server,
                "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases",
                "{\"metadata\":{\"name\":\"n1\"}}");
    }

    private static void post(ApiServer server, String path, String body) {
        ApiResponse answer = server.handle(ApiRequest.of(
                "POST", path, Headers.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
        if (answer.code() != 201) {
            throw new IllegalStateException(answer.toString());
        }
    }

    private static void measure(ApiServer server, String when, double seconds) throws InterruptedException {
        report(when, "list of another user", server, PODS, QUIET, seconds / 3);
        report(when, "lease of a node", server, LEASE, NODE, seconds / 3);
        report(when, "health", server, HEALTH, Identity.ANONYMOUS, seconds / 3);
    }

    private static void report(
            String when, String what, ApiServer server, ApiRequest request, Identity who, double seconds)
            throws InterruptedException {
        long[] times = new long[200_000];
        int count = 0;
        int failed = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end && count < times.length) {
            long began = System.nanoTime();
            boolean served = serve(server, request, who);
            times[count++] = System.nanoTime() - began;
            failed += served ? 0 : 1;
            Thread.sleep(2);
        }
        Arrays.sort(times, 0, count);
        if (!when.equals("warm-up")) {
            System.out.printf(
                    "%-14s %-22s %6d calls, %d not served, p50 %9.1f us, p99 %9.1f us%n",
                    when, what, count, failed, times[count / 2] / 1e3, times[(int) (count * 0.99)] / 1e3);
        }
    }
}
