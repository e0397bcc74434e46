// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    private static final int BODY_LIMIT = 1000;

    private final StubDoor door = new StubDoor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        door.on(
                "/limited",
                (request, cancellation) -> request.body().length > BODY_LIMIT
                        ? Complete.of(413, StubDoor.JSON, "too large".getBytes(UTF_8))
                        : StubDoor.text("fits"));
        server = HttpServer.builder(door)
                .limits(ConnectionLimits.STANDARD
                        .withBodyBytes(BODY_LIMIT)
                        .withTimeouts(
                                Duration.ofMillis(300),
                                Duration.ofMillis(300),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(30)))
                .start();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    static Stream<Arguments> unreadable() {
        String long1 = "x".repeat(2 * 1024 * 1024);
        return Stream.of(
                Arguments.of("GET /\r\n\r\n", "400 Bad Request"),
                Arguments.of("nonsense\r\n\r\n", "400 Bad Request"),
                Arguments.of("GET hello HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request"),
                Arguments.of("GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request"),
                Arguments.of("GET /hello HTTP/1.1\r\n\r\n", "400 Bad Request: missing required Host header"),
                Arguments.of(
                        "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 Bad Request: too many Host headers"),
                Arguments.of("GET /hello HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "400 Bad Request"),
                Arguments.of("GET /hello HTTP/1.1\r\nHost: a\r\nA\0B: c\r\n\r\n", "400 Bad Request"),
                Arguments.of(
                        "GET /hello HTTP/3.0\r\nHost: a\r\n\r\n",
                        "505 HTTP Version Not Supported: unsupported protocol version"),
                Arguments.of(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                        "501 Not Implemented: unsupported transfer encoding"),
                Arguments.of("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", "400 Bad Request"),
                Arguments.of(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                        "400 Bad Request"),
                Arguments.of(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                        "400 Bad Request"),
                Arguments.of(
                        "GET /hello HTTP/1.1\r\nHost: a\r\nLong: " + long1 + "\r\n\r\n",
                        "431 Request Header Fields Too Large"),
                Arguments.of("GET /" + long1 + " HTTP/1.1\r\nHost: a\r\n\r\n", "431 Request Header Fields Too Large"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCantBeReadIsAnsweredAsGoDoes(String request, String status) throws IOException {
        try (RawSocket client = new RawSocket(server)) {
            String answer;
            try {
                answer = client.send(request).all();
            } catch (IOException e) {
                answer = client.all(); // the server closed while we were still sending
            }

            assertThat(answer)
                    .isEqualTo("HTTP/1.1 " + status
                            + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n" + status);
        }
        try (RawSocket next = new RawSocket(server)) {
            assertThat(next.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").until("hello\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void headersAreSpelledAndOrderedAsGoDoes() throws IOException {
        door.on(
                "/headers",
                (request, cancellation) -> Complete.of(
                        200,
                        Headers.of(
                                "x-kubernetes-pf-flowschema-uid",
                                "u",
                                "audit-id",
                                "a",
                                "etag",
                                "e",
                                "content-type",
                                "c"),
                        new byte[] {'x'}));
        try (RawSocket client = new RawSocket(server)) {
            assertThat(client.send("GET /headers HTTP/1.1\r\nHost: a\r\n\r\n").until("\r\n\r\n"))
                    .matches("HTTP/1.1 200 OK\r\nAudit-Id: a\r\nContent-Type: c\r\nEtag: e\r\n"
                            + "X-Kubernetes-Pf-Flowschema-Uid: u\r\n"
                            + "Date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n"
                            + "Content-Length: 1\r\n\r\n");
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        StringBuilder ahead = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String body = "body " + i + ";";
            ahead.append("POST /echo HTTP/1.1\r\nHost: a\r\n")
                    .append(
                            i % 2 == 0
                                    ? "Content-Length: " + body.length() + "\r\n\r\n" + body
                                    : "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n"
                                            + body + "\r\n0\r\n\r\n");
            expected.append(body);
        }
        ahead.append("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        try (RawSocket client = new RawSocket(server)) {
            String answers = client.send(ahead.toString()).all();

            assertThat(answers.replaceAll("HTTP/1.1 200 OK\r\n(?:[^\r\n]+\r\n)*\r\n", ""))
                    .isEqualTo(expected + "hello\n");
        }
    }

    @Test
    void targetsInAbsoluteFormNameTheHost() throws Exception {
        try (RawSocket client = new RawSocket(server)) {
            client.send("GET http://other:80/hello?x=y HTTP/1.1\r\nHost: a\r\n\r\n")
                    .until("hello\n");
        }
        var asked = door.requests.take();
        assertThat(asked.path()).isEqualTo("/hello");
        assertThat(asked.query().first("x")).isEqualTo("y");
        assertThat(asked.headers().all("host")).containsExactly("other:80");
    }

    @Test
    void oldClientsGetTheirConnectionClosed() throws IOException {
        door.on("/list", (request, cancellation) -> StubDoor.list(2));
        try (RawSocket client = new RawSocket(server)) {
            assertThat(client.send("GET /hello HTTP/1.0\r\n\r\n").all())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\nhello\n");
        }
        try (RawSocket client = new RawSocket(server)) {
            assertThat(client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                            .until("hello\n"))
                    .containsIgnoringCase("\r\nConnection: keep-alive\r\n");
            String list = client.send("GET /list HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .all();
            assertThat(list).contains("\r\nConnection: close\r\n").doesNotContain("chunked");
            assertThat(list.substring(list.indexOf("\r\n\r\n") + 4)).hasSize(2 * StubDoor.CHUNK);
        }
    }

    @Test
    void clientsThatAskAreToldToGoOn() throws IOException {
        try (RawSocket client = new RawSocket(server)) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("abc").until("\r\n\r\nabc")).startsWith("HTTP/1.1 200 OK\r\n");
        }
        try (RawSocket client = new RawSocket(server)) {
            assertThat(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 3\r\n\r\n")
                            .all())
                    .startsWith("HTTP/1.1 417 Expectation Failed\r\n")
                    .contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void aBodyAboveTheLimitReachesTheServerCutAndTheClientSeesTheAnswer() throws Exception {
        byte[] large = new byte[4 * 1024 * 1024];
        try (RawSocket client = new RawSocket(server)) {
            client.send("POST /limited HTTP/1.1\r\nHost: a\r\nContent-Length: " + large.length + "\r\n\r\n");
            try {
                client.send(large);
            } catch (IOException e) {
                // the server may close before we are done
            }
            assertThat(client.all())
                    .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                    .endsWith("too large");
        }
        assertThat(door.requests.take().body()).hasSize(BODY_LIMIT + 1);
        try (RawHttp2 client = new RawHttp2(server)) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head("POST", "/limited"));
            client.send(RawHttp2.DATA, 0, 1, new byte[BODY_LIMIT + 500]);
            client.await(frame -> frame.type() == RawHttp2.HEADERS);
            client.await(frame -> frame.type() == RawHttp2.DATA && frame.flags() == RawHttp2.END_STREAM);
            assertThat(client.await(frame -> frame.type() == RawHttp2.RESET).error())
                    .isZero();
            client.get(3, "/hello");
            client.await(frame -> frame.type() == RawHttp2.DATA && frame.stream() == 3);
        }
        try (RawSocket client = new RawSocket(server)) {
            assertThat(client.send("POST /limited HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY_LIMIT + "\r\n\r\n"
                                    + "x".repeat(BODY_LIMIT))
                            .until("fits"))
                    .startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void slowBodiesAreAnsweredAndSlowHeadsAreClosed() throws IOException {
        try (RawSocket body = new RawSocket(server);
                RawSocket head = new RawSocket(server);
                RawSocket silent = new RawSocket(server);
                RawSocket idle = new RawSocket(server)) {
            body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            head.send("GET /hello HTTP/1.1\r\nHo");
            idle.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(body.all())
                    .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
                    .endsWith("{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Timeout: request did not complete "
                            + "within the allotted timeout\",\"reason\":\"Timeout\",\"details\":{},\"code\":504}\n");
            assertThat(head.all()).isEmpty();
            assertThat(silent.all()).isEmpty();
            assertThat(idle.all()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("hello\n");
        }
        try (RawHttp2 client = new RawHttp2(server)) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head("POST", "/echo"));
            client.await(frame -> frame.type() == RawHttp2.HEADERS && frame.stream() == 1);
            client.await(frame -> frame.type() == RawHttp2.RESET && frame.stream() == 1);
            client.await(frame -> frame.type() == RawHttp2.GOAWAY);
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void clearTextToATlsPortIsToldSo() throws IOException {
        try (HttpServer secure = HttpServer.builder(door)
                        .tls(SelfSigned.ofThisJvm().tls())
                        .start();
                RawSocket client = new RawSocket(secure);
                RawSocket garbage = new RawSocket(secure)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").all())
                    .isEqualTo("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
            garbage.send("\0\1\2\3\4\5\6\7").all();
        }
    }
}
