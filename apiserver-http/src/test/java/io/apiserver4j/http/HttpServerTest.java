// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpServerTest {
    private final StubDoor door = new StubDoor();
    private final SelfSigned certificates = SelfSigned.ofThisJvm();
    private final TlsSettings tls = certificates.tls();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.builder(door).tls(tls).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bothVersionsAreServedOnOnePort(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = Clients.get(Clients.of(version, null), server, "/hello?a=1&b=%20x");

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello\n");
        assertThat(answer.headers().firstValue("content-length")).contains("6");
        assertThat(answer.headers().firstValue("date")).isPresent();
        ApiRequest asked = door.requests.take();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.path()).isEqualTo("/hello");
        assertThat(asked.query().first("b")).isEqualTo(" x");
        assertThat(asked.http2()).isEqualTo(version == HttpClient.Version.HTTP_2);
        assertThat(asked.headers().first("host"))
                .isEqualTo("localhost:" + server.address().getPort());
        assertThat(asked.peer().address()).isEqualTo("127.0.0.1");
        assertThat(asked.peer().certificates()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void theClientsCertificateIsSeen(HttpClient.Version version) throws Exception {
        HttpClient client = Clients.of(version, certificates.client("jane", "dev", "ops"));

        Clients.get(client, server, "/hello");

        assertThat(door.requests.take().peer().certificates())
                .satisfiesExactly(certificate -> assertThat(
                                certificate.getSubjectX500Principal().getName())
                        .contains("CN=jane")
                        .contains("O=dev")
                        .contains("O=ops"));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aCertificateOfAnotherAuthorityIsLeftToTheServer(HttpClient.Version version) throws Exception {
        SelfSigned strangers = SelfSigned.create(SelfSigned.Options.STANDARD.withTokenKey(SelfSigned.TokenKey.EC));
        HttpClient client = Clients.of(version, strangers.admin());

        Clients.get(client, server, "/hello");

        // the authorities have the same name, so the client offers its certificate, and the handshake lets it through
        assertThat(door.requests.take().peer().certificates())
                .containsExactly(strangers.admin().certificate());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bodiesOfAllSizesComeBackAsTheyWere(HttpClient.Version version) throws Exception {
        HttpClient client = Clients.of(version, null);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int size : new int[] {0, 1, 5_000, 16_384, 70_000, 1_000_000, 3 * 1024 * 1024}) {
            byte[] body = new byte[size];
            random.nextBytes(body);

            HttpResponse<byte[]> known = client.send(
                    Clients.to(server, "/echo")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            HttpResponse<byte[]> chunked = client.send(
                    Clients.to(server, "/echo")
                            .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(Arrays.equals(known.body(), body))
                    .as("size %s seed %s", size, seed)
                    .isTrue();
            assertThat(Arrays.equals(chunked.body(), body))
                    .as("size %s seed %s", size, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void partsAreWrittenOneAfterTheOther(HttpClient.Version version) throws Exception {
        List<ByteBuffer> parts = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            String part = ("part " + i + " ").repeat(i % 7 == 0 ? 1500 : 1);
            whole.append(part);
            parts.add(ByteBuffer.wrap(part.getBytes(UTF_8)).asReadOnlyBuffer());
        }
        door.on("/parts", (request, cancellation) -> new Complete(200, StubDoor.JSON, parts));

        HttpResponse<String> answer = Clients.get(Clients.of(version, null), server, "/parts");

        assertThat(answer.body()).isEqualTo(whole.toString());
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(whole.length());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void headHasHeadersAndNoBody(HttpClient.Version version) throws Exception {
        HttpClient client = Clients.of(version, null);
        door.on("/list", (request, cancellation) -> StubDoor.list(3));

        for (String path : List.of("/hello", "/list", "/hello")) {
            HttpResponse<String> answer = client.send(
                    Clients.to(server, path)
                            .method("HEAD", BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("content-length").isPresent())
                    .isEqualTo(path.equals("/hello"));
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void codesWithoutABodyHaveNone(HttpClient.Version version) throws Exception {
        HttpClient client = Clients.of(version, null);
        for (int code : new int[] {204, 304}) {
            door.on("/" + code, (request, cancellation) -> Complete.of(code, Headers.of("Etag", "\"x\""), new byte[0]));

            HttpResponse<String> answer = Clients.get(client, server, "/" + code);

            assertThat(answer.statusCode()).isEqualTo(code);
            assertThat(answer.headers().firstValue("content-length")).isEmpty();
            assertThat(answer.headers().firstValue("etag")).contains("\"x\"");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aFailingHandlerIsAnswered500WithoutItsReason(HttpClient.Version version) throws Exception {
        door.on("/fail", (request, cancellation) -> {
            throw new IllegalStateException("secret");
        });
        HttpClient client = Clients.of(version, null);

        HttpResponse<String> answer = Clients.get(client, server, "/fail");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("This request caused apiserver to panic. Look in the logs for details.\n");
        assertThat(Clients.get(client, server, "/hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void fieldsBeyondAsciiAndLineEndsGoThrough(HttpClient.Version version) throws Exception {
        door.on(
                "/warn",
                (request, cancellation) ->
                        Complete.of(200, Headers.of("Warning", "299 - \"größer\nX-Evil: 1\""), new byte[0]));

        HttpResponse<String> answer = Clients.get(Clients.of(version, null), server, "/warn");

        String warning = answer.headers().firstValue("warning").orElseThrow();
        assertThat(warning).startsWith("299 - \"gr").endsWith("er X-Evil: 1\"");
        assertThat(answer.headers().firstValue("x-evil")).isEmpty();
    }

    @Test
    void aReplacedCertificateIsSeenByNewConnections() throws Exception {
        HttpClient old = Clients.of(HttpClient.Version.HTTP_2, null);
        X509Of before = X509Of.peer(Clients.get(old, server, "/hello"));
        Credential renewed = certificates.server("localhost");

        tls.replaceCertificate(renewed.chain(), renewed.key());

        assertThat(before.serial()).isNotEqualTo(renewed.certificate().getSerialNumber());
        assertThat(X509Of.peer(Clients.get(Clients.of(HttpClient.Version.HTTP_2, null), server, "/hello"))
                        .serial())
                .isEqualTo(renewed.certificate().getSerialNumber());
        assertThat(Clients.get(old, server, "/hello").statusCode()).isEqualTo(200);
    }

    @Test
    void tls12IsSpokenAndOlderIsNot() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(Clients.tls(certificates.authority(), certificates.admin()))
                    .sslParameters(new SSLParameters(null, new String[] {protocol}))
                    .build();
            HttpResponse<String> answer = Clients.get(client, server, "/hello");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
            assertThat(door.requests.take().peer().certificates()).hasSize(1);
        }
        try (HttpServer strict =
                HttpServer.builder(door).tls(tls.withTls13Only()).start()) {
            HttpClient old = HttpClient.newBuilder()
                    .sslContext(Clients.tls(certificates.authority(), null))
                    .sslParameters(new SSLParameters(null, new String[] {"TLSv1.2"}))
                    .build();
            assertThatThrownBy(() -> Clients.get(old, strict, "/hello")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsSaid() {
        assertThatThrownBy(() -> HttpServer.builder(door)
                        .port(server.address().getPort())
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.address().getPort());
    }

    private record X509Of(java.math.BigInteger serial) {
        static X509Of peer(HttpResponse<?> answer) throws Exception {
            return new X509Of(((java.security.cert.X509Certificate)
                            answer.sslSession().orElseThrow().getPeerCertificates()[0])
                    .getSerialNumber());
        }
    }
}
