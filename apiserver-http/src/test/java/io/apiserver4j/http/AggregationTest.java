// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups that another server answers, registered by APIService objects: the way of `kubectl top`. */
@Timeout(60)
class AggregationTest {
    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
    private static final SelfSigned CERTIFICATES = SelfSigned.ofThisJvm();
    private static final Identity ALICE = new Identity(
            "alice", "", List.of("dev", Identity.AUTHENTICATED), Map.of("example.com/team", List.of("a b")));

    private ApiServer server;
    private MetricsBackend backend;

    @BeforeEach
    void start() throws Exception {
        Credential front = CERTIFICATES.client("front-proxy");
        server = ApiServer.builder().frontProxy(front.chain(), front.key()).build();
        backend = new MetricsBackend(CERTIFICATES.server("metrics.monitoring.svc"), CERTIFICATES.authority());
        send("POST", "/api/v1/namespaces", "{'metadata':{'name':'monitoring'}}");
        send(
                "POST",
                "/api/v1/namespaces/monitoring/services",
                "{'metadata':{'name':'metrics'},'spec':{'type':'ExternalName','externalName':'localhost'}}");
    }

    @AfterEach
    void stop() {
        server.close();
        backend.close();
    }

    private record Answer(int code, String text, Headers headers) {
        ObjectValue body() {
            return JsonReader.readObject(text.getBytes(UTF_8));
        }
    }

    private Answer send(String method, String path, String body) {
        return send(Identity.LOOPBACK, method, path, body, Headers.of("Content-Type", "application/json"));
    }

    private Answer send(Identity identity, String method, String path, String body, Headers headers) {
        ApiResponse answer = server.handle(
                ApiRequest.of(method, path, headers, body.replace('\'', '"').getBytes(UTF_8)), identity);
        byte[] bytes = answer instanceof ApiResponse.Complete complete
                ? complete.body()
                : collected((ApiResponse.Streaming) answer);
        return new Answer(answer.code(), new String(bytes, UTF_8), answer.headers());
    }

    private static byte[] collected(ApiResponse.Streaming answer) {
        BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
        answer.chunks().subscribe(all);
        return all.getBody().toCompletableFuture().join();
    }

    private Answer eventually(String path, Predicate<Answer> good) throws InterruptedException {
        return eventually(path, Headers.NONE, good);
    }

    private Answer eventually(String path, Headers headers, Predicate<Answer> good) throws InterruptedException {
        Answer answer = send(Identity.LOOPBACK, "GET", path, "", headers);
        for (int i = 0; i < 5000 && !good.test(answer); i++) {
            Thread.sleep(2);
            answer = send(Identity.LOOPBACK, "GET", path, "", headers);
        }
        assertThat(answer).matches(good);
        return answer;
    }

    private void register(int port, String authority) {
        register("metrics.k8s.io", port, authority);
    }

    private void register(String group, int port, String authority) {
        String trust = authority.isEmpty()
                ? "'insecureSkipTLSVerify':true"
                : "'caBundle':'" + Base64.getEncoder().encodeToString(authority.getBytes(UTF_8)) + "'";
        Answer made = send(
                "POST",
                SERVICES,
                "{'metadata':{'name':'v1beta1." + group + "'},'spec':{'group':'" + group + "','version':'v1beta1',"
                        + "'groupPriorityMinimum':100,'versionPriority':100," + trust
                        + ",'service':{'namespace':'monitoring','name':'metrics','port':" + port + "}}}");
        assertThat(made.code()).as(made.text).isEqualTo(201);
    }

    private ObjectValue condition(String reason) throws InterruptedException {
        Answer answer = eventually(
                SERVICES + "/v1beta1.metrics.k8s.io", now -> now.text.contains("\"reason\":\"" + reason + "\""));
        return answer.body().objectOrEmpty("status").arrayOrEmpty("conditions").objectAt(0);
    }

    @Test
    void metricsAreServedByTheirOwnServer() throws Exception {
        register(backend.port(), CERTIFICATES.authorityPem());

        assertThat(condition("Passed").stringOrEmpty("message")).isEqualTo("all checks passed");
        eventually(METRICS, now -> now.code == 200);
        backend.asked.clear();
        Answer nodes = send(
                ALICE,
                "GET",
                METRICS + "/nodes?labelSelector=a%3Db",
                "",
                Headers.of("Authorization", "Bearer secret", "X-Remote-User", "mallory"));
        assertThat(nodes.code()).isEqualTo(200);
        assertThat(nodes.body().arrayOrEmpty("items").size()).isEqualTo(2);
        MetricsBackend.Asked asked = backend.asked.take();
        while (!asked.path().contains("/nodes")) {
            asked = backend.asked.take(); // discovery asks, too
        }
        assertThat(asked.path()).isEqualTo(METRICS + "/nodes?labelSelector=a%3Db");
        assertThat(asked.user()).isEqualTo("alice");
        assertThat(asked.groups()).containsExactly("dev", Identity.AUTHENTICATED);
        assertThat(asked.token()).isNull();
    }

    @Test
    void discoveryTellsOfThem() throws Exception {
        register(backend.port(), CERTIFICATES.authorityPem());

        Headers aggregated =
                Headers.of("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        Answer groups = eventually(
                "/apis",
                aggregated,
                now -> now.text.contains(
                        "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"NodeMetrics\"}"));
        ObjectValue own = groups.body().arrayOrEmpty("items").objects().stream()
                .filter(group ->
                        "metrics.k8s.io".equals(group.objectOrEmpty("metadata").getString("name")))
                .findFirst()
                .orElseThrow();
        assertThat(own.arrayOrEmpty("versions").objectAt(0).stringOrEmpty("freshness"))
                .isEqualTo("Current");
        assertThat(groups.body()
                        .arrayOrEmpty("items")
                        .objects()
                        .get(groups.body().arrayOrEmpty("items").size() - 1))
                .as("the lowest priority comes last")
                .isEqualTo(own);
        assertThat(send("GET", "/apis/metrics.k8s.io", "").text)
                .contains("\"preferredVersion\":{\"groupVersion\":\"metrics.k8s.io/v1beta1\",\"version\":\"v1beta1\"}");
        send("DELETE", SERVICES + "/v1beta1.metrics.k8s.io", "");
        eventually("/apis", now -> !now.text.contains("metrics.k8s.io"));
    }

    @Test
    void aServerWithoutTheRightCertificateIsNotCalled() throws Exception {
        register(backend.port(), SelfSigned.create(SelfSigned.Options.STANDARD).authorityPem());

        String url = "https://localhost:" + backend.port() + METRICS;
        assertThat(condition("FailedDiscoveryCheck").stringOrEmpty("message"))
                .isEqualTo("failing or missing response from " + url + ": Get \"" + url
                        + "\": tls: failed to verify certificate: x509: certificate signed by unknown authority");
        Answer refused = send("GET", METRICS + "/nodes", "");
        assertThat(refused.code()).isEqualTo(503);
        assertThat(refused.text).isEqualTo("service unavailable\n");
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void aServerThatIsGoneIsUnavailable() throws Exception {
        register(backend.port(), "");
        condition("Passed");
        eventually(METRICS + "/nodes", now -> now.code == 200);

        backend.close();

        Answer refused = send("GET", METRICS + "/nodes", "");
        assertThat(refused.code()).isEqualTo(503);
        assertThat(refused.text).startsWith("error trying to reach service: ");
    }

    @Test
    void anAnswerThatHangsHoldsNobodyElseUp() throws Exception {
        register(backend.port(), "");
        condition("Passed");
        eventually(METRICS + "/nodes", now -> now.code == 200);

        CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> send("GET", METRICS + "/hangs", ""));
        assertThat(send("GET", METRICS + "/nodes", "").code()).isEqualTo(200);
        assertThat(slow).isNotDone();
        backend.release();
        assertThat(slow.get().code()).isEqualTo(200);
    }

    @Test
    void aStreamComesPieceByPiece() throws Exception {
        register(backend.port(), "");
        eventually(METRICS + "/nodes", now -> now.code == 200);
        try (HttpServer own = HttpServer.builder(server).tls(CERTIFICATES.tls()).start()) {
            HttpClient client = Clients.of(HttpClient.Version.HTTP_2, CERTIFICATES.admin());
            HttpResponse<InputStream> stream =
                    client.send(Clients.to(own, METRICS + "/stream").build(), BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("first");
                backend.release();
                assertThat(lines.readLine()).isEqualTo("second");
            }
        }
    }

    @Test
    void anUpgradeGoesThrough() throws Exception {
        String root = "/apis/echo.example.com/v1beta1";
        StubDoor behind = new StubDoor()
                .on(root, (request, cancellation) -> StubDoor.text("{}"))
                .on(root + "/namespaces/a/things/b/exec", (request, cancellation) -> echo(request));
        try (HttpServer other =
                        HttpServer.builder(behind).tls(CERTIFICATES.tls()).start();
                HttpServer own = HttpServer.builder(server).start()) {
            register("echo.example.com", other.address().getPort(), "");
            eventually(root, now -> now.text.equals("{}"));
            try (RawSocket socket = new RawSocket(own)) {
                socket.send("POST " + root + "/namespaces/a/things/b/exec?command=date HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n");
                assertThat(socket.until("\r\n\r\n")).startsWith("HTTP/1.1 101 ").contains("Upgrade: SPDY/3.1");
                assertThat(socket.send("hello;").until(";")).isEqualTo("hello;");
                assertThat(socket.send("bye.").all()).isEqualTo("bye.");
            }
            try (RawSocket socket = new RawSocket(own)) {
                socket.send("GET " + root + "/namespaces/a/things/c/exec HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n");
                assertThat(socket.until("\r\n\r\n")).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    private static ApiResponse echo(ApiRequest request) {
        assertThat(request.query().firstOrEmpty("command")).isEqualTo("date");
        assertThat(request.headers().firstOrEmpty("X-Remote-User")).isEqualTo("system:anonymous");
        String protocol = request.headers().firstOrEmpty("Upgrade");
        return new ApiResponse.Upgraded(101, Headers.of("Connection", "Upgrade", "Upgrade", protocol), new Echo());
    }

    /** Sends back what comes; ends after a piece that ends with a dot. */
    private static final class Echo extends SubmissionPublisher<ByteBuffer>
            implements Flow.Processor<ByteBuffer, ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            boolean last = bytes.get(bytes.limit() - 1) == '.';
            submit(bytes);
            if (last) {
                close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            close();
        }

        @Override
        public void onComplete() {
            close();
        }
    }
}
