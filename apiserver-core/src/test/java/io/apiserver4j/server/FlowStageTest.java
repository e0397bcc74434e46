// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Priority and fairness, seen by callers. */
class FlowStageTest {
    private static final Identity EVE = Identity.of("eve", Identity.AUTHENTICATED);
    private static final Identity ADMIN = Identity.of("admin", Identity.AUTHENTICATED, Identity.MASTERS);
    private static final String FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1/";

    @Test
    void answersNameSchemaAndLevelByUid() {
        try (ApiServer server = ApiServer.builder().build()) {
            ApiResponse answer = server.handle(ApiRequest.get("/api/v1/namespaces/default/pods"), EVE);
            assertThat(answer.headers().first("X-Kubernetes-PF-FlowSchema-UID"))
                    .isEqualTo(uid(server, FLOW + "flowschemas/global-default"));
            assertThat(answer.headers().first("X-Kubernetes-PF-PriorityLevel-UID"))
                    .isEqualTo(uid(server, FLOW + "prioritylevelconfigurations/global-default"));
            ApiResponse missing = server.handle(ApiRequest.get("/api/v1/namespaces/default/pods/none"), ADMIN);
            assertThat(missing.code()).isEqualTo(404);
            assertThat(missing.headers().first("X-Kubernetes-PF-FlowSchema-UID"))
                    .isEqualTo(uid(server, FLOW + "flowschemas/exempt"));
            assertThat(server.handle(ApiRequest.get("/version")).headers().has("X-Kubernetes-PF-FlowSchema-UID"))
                    .isFalse();
        }
    }

    @Test
    void schemasAreFollowedWhileTheServerRuns() {
        try (ApiServer server = ApiServer.builder().build()) {
            server.handle(ApiRequest.get("/version"), EVE);
            String schema = "{'apiVersion':'flowcontrol.apiserver.k8s.io/v1','kind':'FlowSchema',"
                    + "'metadata':{'name':'eves'},'spec':{'matchingPrecedence':5,"
                    + "'priorityLevelConfiguration':{'name':'workload-high'},"
                    + "'rules':[{'subjects':[{'kind':'User','user':{'name':'eve'}}],"
                    + "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/version']}]}]}}";
            ApiResponse made = server.handle(ApiRequest.of(
                    "POST",
                    FLOW + "flowschemas",
                    Headers.of("Content-Type", "application/json"),
                    schema.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            assertThat(made.code()).isEqualTo(201);
            String uid = uid(server, FLOW + "flowschemas/eves");
            assertThat(server.handle(ApiRequest.get("/version"), EVE).headers().first("X-Kubernetes-PF-FlowSchema-UID"))
                    .isEqualTo(uid);
            server.handle(ApiRequest.of("DELETE", FLOW + "flowschemas/eves", Headers.NONE, new byte[0]));
            assertThat(server.handle(ApiRequest.get("/version"), EVE).headers().first("X-Kubernetes-PF-FlowSchema-UID"))
                    .isEqualTo(uid(server, FLOW + "flowschemas/global-default"));
        }
    }

    @Test
    void aFloodIsSentAwayAndOthersAreServed() throws Exception {
        Semaphore hold = new Semaphore(0);
        CountDownLatch busy = new CountDownLatch(1);
        try (ApiServer server = slow(hold, busy, true)) {
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<ApiResponse>> flood = new ArrayList<>();
            try {
                for (int i = 0; i < 400; i++) {
                    flood.add(threads.submit(() -> server.handle(ApiRequest.get("/slow"), EVE)));
                }
                busy.await();
                while (flood.stream().filter(Future::isDone).count() < 50) {
                    Thread.sleep(5); // one has a seat, 300 wait at most
                }
                assertThat(server.handle(ApiRequest.get("/version"), ADMIN).code())
                        .isEqualTo(200);
                Identity node = Identity.of("system:node:a", "system:nodes", Identity.AUTHENTICATED);
                String lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
                assertThat(server.handle(ApiRequest.get(lease), node).code()).isEqualTo(200);
                ApiResponse dump =
                        server.handle(ApiRequest.get("/debug/api_priority_and_fairness/dump_priority_levels"), ADMIN);
                assertThat(text(dump)).contains("PriorityLevelName,").contains("global-default,");
                assertThat(text(server.handle(
                                ApiRequest.get(
                                        "/debug/api_priority_and_fairness/dump_requests?includeRequestDetails=1"),
                                ADMIN)))
                        .contains("/slow");
            } finally {
                hold.release(1000);
            }
            int served = 0;
            for (Future<ApiResponse> one : flood) {
                ApiResponse answer = one.get();
                if (answer.code() == 429) {
                    assertThat(answer.headers().first("Retry-After")).isNotNull();
                    assertThat(text(answer)).isEqualTo("Too many requests, please try again later.\n");
                } else {
                    served++;
                }
            }
            assertThat(served).isBetween(50, 350);
            threads.shutdown();
        }
    }

    @Test
    void withoutItCallsAreCountedOnly() throws Exception {
        Semaphore hold = new Semaphore(0);
        CountDownLatch busy = new CountDownLatch(1);
        try (ApiServer server = slow(hold, busy, false)) {
            ExecutorService threads = Executors.newCachedThreadPool();
            Future<ApiResponse> one = threads.submit(() -> server.handle(ApiRequest.get("/slow"), EVE));
            busy.await();
            assertThat(server.handle(ApiRequest.get("/version"), EVE).code()).isEqualTo(429);
            assertThat(server.handle(ApiRequest.get("/version"), ADMIN).code()).isEqualTo(200);
            hold.release(1000);
            assertThat(one.get().headers().has("X-Kubernetes-PF-FlowSchema-UID"))
                    .isFalse();
            threads.shutdown();
        }
    }

    /** A server of few seats, whose path /slow is answered when that is let. */
    private static ApiServer slow(Semaphore hold, CountDownLatch busy, boolean fair) {
        ApiServerSettings standard = ApiServerSettings.STANDARD;
        ApiServerSettings few = new ApiServerSettings(
                1,
                1,
                Duration.ofMinutes(5),
                standard.minRequestTimeout(),
                Set.of(),
                Set.of(),
                300,
                300,
                standard.serviceClusterIpRanges(),
                standard.serviceNodePorts(),
                standard.advertiseAddress(),
                6443,
                Set.of(),
                "");
        return ApiServer.builder()
                .settings(few)
                .priorityAndFairness(fair)
                .pipeline(pipeline -> pipeline.after("flow", "slow", (call, next) -> {
                    if (call.request().path().equals("/slow")) {
                        busy.countDown();
                        hold.acquireUninterruptibly();
                    }
                    return next.handle(call);
                }))
                .build();
    }

    private static String uid(ApiServer server, String path) {
        ObjectValue object = JsonReader.readObject(((ApiResponse.Complete) server.handle(ApiRequest.get(path))).body());
        return object.objectAt("metadata").stringOrEmpty("uid");
    }

    private static String text(ApiResponse answer) {
        return new String(((ApiResponse.Complete) answer).body(), StandardCharsets.UTF_8);
    }
}
