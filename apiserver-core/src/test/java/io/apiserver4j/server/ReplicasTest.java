// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that share a store are one to their clients. */
class ReplicasTest {
    private static final String DEFAULT = "/api/v1/namespaces/default/";

    private final MemoryStore store = MemoryStore.builder().build();

    @AfterEach
    void close() {
        store.close();
    }

    private ApiServer server(String address) {
        ApiServerSettings standard = ApiServerSettings.STANDARD;
        ApiServerSettings settings = new ApiServerSettings(
                standard.maxRequestsInflight(),
                standard.maxMutatingRequestsInflight(),
                standard.requestTimeout(),
                standard.minRequestTimeout(),
                standard.enabledAdmissionPlugins(),
                standard.disabledAdmissionPlugins(),
                standard.notReadyTolerationSeconds(),
                standard.unreachableTolerationSeconds(),
                standard.serviceClusterIpRanges(),
                standard.serviceNodePorts(),
                address,
                standard.securePort(),
                standard.controllers(),
                standard.rootCertificates());
        return ApiServer.builder()
                .store(store)
                .storage(StorageSettings.SHARED)
                .settings(settings)
                .build();
    }

    private record Answer(int code, ObjectValue body) {}

    private static Answer send(ApiServer server, String method, String path, String body) {
        ApiResponse answer = server.handle(ApiRequest.of(
                method, path, Headers.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
        byte[] text = ((ApiResponse.Complete) answer).body();
        boolean json = text.length > 0 && text[0] == '{';
        return new Answer(answer.code(), json ? JsonReader.readObject(text) : ObjectValue.EMPTY);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static List<String> addresses(ApiServer server) {
        List<String> out = new ArrayList<>();
        ObjectValue endpoints =
                send(server, "GET", DEFAULT + "endpoints/kubernetes", "").body();
        endpoints
                .arrayOrEmpty("subsets")
                .forEach(subset -> Objects.requireNonNull(subset.asObject())
                        .arrayOrEmpty("addresses")
                        .forEach(one ->
                                out.add(Objects.requireNonNull(one.asObject()).stringOrEmpty("ip"))));
        return out;
    }

    @Test
    void theKubernetesServiceLeadsToAllThatLive() throws Exception {
        try (ApiServer one = server("10.0.0.1")) {
            try (ApiServer other = server("10.0.0.2")) {
                await("both", () -> addresses(one).equals(List.of("10.0.0.1", "10.0.0.2")));
                assertThat(addresses(other)).hasSize(2);
                await(
                        "two leases",
                        () -> send(
                                                one,
                                                "GET",
                                                "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases?labelSelector="
                                                        + "apiserver.kubernetes.io%2Fidentity%3Dkube-apiserver",
                                                "")
                                        .body()
                                        .arrayOrEmpty("items")
                                        .size()
                                == 2);
                assertThat(store.get("/registry/masterleases/10.0.0.2")).isNotNull();
            }
            assertThat(addresses(one)).containsExactly("10.0.0.1");
            assertThat(store.get("/registry/masterleases/10.0.0.2")).isNull();
        }
    }

    @Test
    void aDefinitionThatOneTookIsServedByTheOther() throws Exception {
        try (ApiServer one = server("127.0.0.1");
                ApiServer other = server("127.0.0.1")) {
            String definition = """
                    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                     "metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
                     "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
                     "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""";
            assertThat(send(one, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
                            .code())
                    .isEqualTo(201);
            String things = "/apis/example.com/v1/namespaces/default/things";
            for (ApiServer server : List.of(one, other)) {
                await("served", () -> send(server, "GET", things, "").code() == 200);
            }
            assertThat(send(other, "POST", things, """
                    {"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"a"},"b":1,"a":2}""").code()).isEqualTo(201);
            assertThat(send(one, "GET", things + "/a", "").body().longOr("a", 0))
                    .isEqualTo(2);
            assertThat(new String(
                            Objects.requireNonNull(store.get("/registry/example.com/things/default/a"))
                                    .value(),
                            StandardCharsets.UTF_8))
                    .startsWith("{\"a\":2,\"apiVersion\":\"example.com/v1\",\"b\":1,\"kind\":\"Thing\",\"metadata\":{")
                    .endsWith("}\n");
        }
    }

    @Test
    void portsAndAddressesOfServicesAreGivenOnce() {
        try (ApiServer one = server("127.0.0.1");
                ApiServer other = server("127.0.0.1")) {
            List<String> ips = new ArrayList<>();
            List<Long> ports = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ObjectValue made = send(i % 2 == 0 ? one : other, "POST", DEFAULT + "services", """
                        {"metadata":{"name":"s%d"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""".formatted(i))
                        .body();
                ips.add(made.objectOrEmpty("spec").stringOrEmpty("clusterIP"));
                ports.add(Objects.requireNonNull(made.objectOrEmpty("spec")
                                .arrayOrEmpty("ports")
                                .get(0)
                                .asObject())
                        .longOr("nodePort", 0));
            }
            assertThat(ips).doesNotHaveDuplicates().doesNotContain("");
            assertThat(ports).doesNotHaveDuplicates().doesNotContain(0L);
        }
    }
}
