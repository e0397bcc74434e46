// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.server.ApiServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random harm at the door. Whatever comes in: the server goes on answering, never with a 500, and shows nothing of its
 * inside. Another seed, or a longer run, by the system properties {@code door.seed} and {@code door.rounds}.
 */
@Timeout(60)
class DoorFuzzTest {
    private static final int ROUNDS = Integer.getInteger("door.rounds", 100);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final List<String> LINES = List.of(
            "GET /healthz HTTP/1.1",
            "GET /api/v1/namespaces/default/configmaps?limit=1 HTTP/1.1",
            "POST /api/v1/namespaces/default/configmaps HTTP/1.1",
            "PATCH /api/v1/namespaces/default HTTP/1.1",
            "DELETE /api/v1/namespaces/default/configmaps/%ff HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET http://[::1]:1/version HTTP/1.0");
    private static final List<String> HEADERS = List.of(
            "Host: localhost",
            "Content-Length: 7",
            "Content-Length: +7",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: chunked, chunked",
            "Expect: 100-continue",
            "Connection: close",
            "Connection: Upgrade",
            "Upgrade: SPDY/3.1",
            "Upgrade: websocket",
            "Content-Type: application/vnd.kubernetes.protobuf",
            "Content-Type: application/apply-patch+yaml",
            "Content-Encoding: gzip",
            "Accept: application/json;as=Table;v=v1;g=meta.k8s.io",
            "Accept: \u00ff/\u00fe;q=NaN",
            "Impersonate-User: a",
            "Impersonate-Extra-%zz: b",
            "Impersonate-Group: c",
            "Authorization: Basic ????",
            "Audit-ID: x\u0001y");

    private static ApiServer behind;
    private static HttpServer clear;
    private static HttpServer secure;

    private long seed;
    private Random random;

    @BeforeAll
    static void start() throws IOException {
        List<java.security.cert.X509Certificate> signers =
                List.of(SelfSigned.ofThisJvm().authority());
        behind = ApiServer.builder()
                .authenticator(new AuthenticatorChain(
                        List.of(new ClientCertificates(signers, InstantSource.system()), new Anonymous())))
                .build();
        clear = HttpServer.builder(behind).start();
        secure = HttpServer.builder(behind)
                .tls(SelfSigned.ofThisJvm().tls().withClientAuthorities(signers))
                .start();
    }

    @AfterAll
    static void stop() {
        clear.close();
        secure.close();
        behind.close();
    }

    @BeforeEach
    void seed() {
        seed = Long.getLong("door.seed", System.nanoTime());
        random = new Random(seed);
        System.out.println("DoorFuzzTest: -Ddoor.seed=" + seed);
    }

    @AfterEach
    void theServerStillAnswers() throws IOException {
        try (RawSocket client = new RawSocket(clear)) {
            assertThat(client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .all())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("ok");
        }
        try (RawHttp2 client = new RawHttp2(clear)) {
            client.get(1, "/healthz");
            RawHttp2.Frame body = client.await(frame -> frame.type() == RawHttp2.DATA);
            assertThat(new String(body.payload(), UTF_8)).isEqualTo("ok");
        }
    }

    @Test
    void requestsOfHttp1() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            try (RawSocket client = new RawSocket(clear)) {
                client.socket.setSoTimeout(100);
                String answers = exchange(client, mutated(request().getBytes(ISO_8859_1)));
                assertHarmless(answers);
            }
        }
    }

    private String request() {
        StringBuilder out = new StringBuilder(pick(LINES)).append("\r\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            out.append(pick(HEADERS)).append("\r\n");
        }
        if (random.nextInt(20) == 0) {
            out.append("X-Large: ").append("x".repeat(1 << random.nextInt(21))).append("\r\n");
        }
        out.append("Host: a\r\n\r\n");
        return out.append(
                        pick(List.of("", "{\"a\":1}", "7\r\n{\"a\":1}\r\n0\r\n\r\n", "fffffffff\r\n", "k8s\0\n\3abc")))
                .toString();
    }

    /** A few bytes changed, doubled or cut off, or none. */
    private byte[] mutated(byte[] bytes) {
        byte[] out = bytes;
        for (int i = random.nextInt(4); i > 0 && out.length > 0; i--) {
            int at = random.nextInt(out.length);
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            next.write(out, 0, at);
            switch (random.nextInt(3)) {
                case 0 -> next.write(random.nextInt(256));
                case 1 -> next.write(out, 0, at);
                default -> {
                    // the byte is lost
                }
            }
            next.write(out, at + 1, out.length - at - 1);
            out = next.toByteArray();
        }
        return out;
    }

    /** Sends and reads what comes, until the server closes or has nothing more to say for now. */
    private static String exchange(RawSocket client, byte[] bytes) {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        try {
            client.send(bytes);
            client.socket.shutdownOutput();
            byte[] buffer = new byte[8192];
            long end = System.nanoTime() + PATIENCE;
            for (int n = 0;
                    n >= 0 && System.nanoTime() < end;
                    n = client.socket.getInputStream().read(buffer)) {
                in.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            // it waits for more
        } catch (IOException e) {
            // it had enough
        }
        return in.toString(ISO_8859_1);
    }

    private void assertHarmless(String answers) {
        assertThat(answers)
                .as("seed %d", seed)
                .doesNotContain("HTTP/1.1 500")
                .doesNotContain("panic")
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("io.apiserver4j")
                .doesNotContain("io.netty");
    }

    @Test
    void framesOfHttp2() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            try (RawSocket client = new RawSocket(clear)) {
                client.socket.setSoTimeout(100);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
                out.writeBytes(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]));
                for (int i = 1 + random.nextInt(12); i > 0; i--) {
                    out.writeBytes(frame());
                }
                out.writeBytes(RawHttp2.frame(RawHttp2.GOAWAY, 0, 0, new byte[8]));
                String answers = exchange(client, out.toByteArray());
                assertHarmless(answers);
                assertThat(answers).as("seed %d", seed).doesNotContain(":status\u0003500");
            }
        }
    }

    private byte[] frame() {
        int stream = random.nextInt(8);
        return switch (random.nextInt(6)) {
            case 0 ->
                RawHttp2.frame(
                        RawHttp2.HEADERS,
                        random.nextInt(8),
                        stream | 1,
                        mutated(RawHttp2.head(
                                "POST", "/api/v1/namespaces/default/configmaps", "content-length", "-1")));
            case 1 -> RawHttp2.frame(RawHttp2.HEADERS, 5, stream | 1, RawHttp2.head("GET", "/healthz"));
            case 2 -> RawHttp2.frame(RawHttp2.RESET, 0, stream, new byte[] {0, 0, 0, 8});
            case 3 -> RawHttp2.frame(RawHttp2.CONTINUATION, random.nextInt(8), stream, bytes(20));
            case 4 -> RawHttp2.frame(RawHttp2.WINDOW_UPDATE, 0, stream, bytes(4));
            default -> RawHttp2.frame(random.nextInt(16), random.nextInt(256), stream, bytes(random.nextInt(64)));
        };
    }

    private byte[] bytes(int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    @Test
    void tokens() throws IOException {
        try (ApiServer guarded = ApiServer.builder().roles().build();
                HttpServer door = HttpServer.builder(guarded).start()) {
            for (int round = 0; round < ROUNDS; round++) {
                String token = token();
                try (RawSocket client = new RawSocket(door)) {
                    String answer = client.send(
                                    "GET /api/v1/secrets HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                                            + token + "\r\n\r\n")
                            .all();
                    assertHarmless(answer);
                    assertThat(answer).as("seed %d, %s", seed, token).containsPattern("^HTTP/1.1 40[013] ");
                }
            }
        }
    }

    private String token() {
        String head = pick(List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"RS256\",\"kid\":\"\\u0000\"}",
                "{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"ES256\",\"jwk\":{}}",
                "{\"alg\":1}",
                "{",
                "[]"));
        String body = pick(List.of(
                "{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:a:b\"}",
                "{\"iss\":\"https://kubernetes.default.svc\",\"exp\":1e400}",
                "{\"iss\":\"kubernetes/serviceaccount\"}",
                "{\"iss\":[\"https://kubernetes.default.svc\"],\"aud\":{}}",
                "{\"iss\":\"https://kubernetes.default.svc\",\"kubernetes.io\":7}",
                "[".repeat(5_000),
                "null"));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String token = encoder.encodeToString(head.getBytes(UTF_8)) + "." + encoder.encodeToString(body.getBytes(UTF_8))
                + "." + encoder.encodeToString(bytes(random.nextInt(300)));
        return switch (random.nextInt(4)) {
            case 0 -> token.replaceFirst("\\.", pick(List.of("..", "=.", "!.", "\u00ff.")));
            case 1 -> token.substring(0, 1 + random.nextInt(token.length() - 1));
            default -> token;
        };
    }

    @Test
    void certificatesWithOddSubjects() throws Exception {
        for (String user :
                List.of("\u0000", "a,O=system:masters", "\"+\\=", "\u202ealice", "x".repeat(5_000), " ", "a\r\nb: c")) {
            HttpClient client = Clients.of(
                    HttpClient.Version.HTTP_1_1, SelfSigned.ofThisJvm().client(user, "", "\u0000", "g".repeat(2_000)));
            HttpResponse<String> answer = client.send(Clients.to(secure, "/api").build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(user).isIn(200, 401);
            assertHarmless(answer.body());
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
