// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.ApiResponse.Streaming;
import io.apiserver4j.request.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SubmissionPublisher;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static final int LARGE = 128 * 1024 + 1;

    private final StubDoor door = new StubDoor();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.builder(door).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    enum Shape {
        COMPLETE,
        STREAMING
    }

    private static ApiResponse answer(Shape shape, Headers headers, byte[] body) {
        if (shape == Shape.COMPLETE) {
            return Complete.of(200, headers, body);
        }
        int piece = 1000;
        SubmissionPublisher<List<ByteBuffer>> pieces = new SubmissionPublisher<>(Runnable::run, 1 << 16);
        return new Streaming(
                200,
                headers,
                subscriber -> {
                    pieces.subscribe(subscriber);
                    for (int at = 0; at < body.length; at += piece) {
                        pieces.submit(List.of(ByteBuffer.wrap(body, at, Math.min(piece, body.length - at))));
                    }
                    pieces.close();
                },
                false);
    }

    private HttpResponse<byte[]> get(String path, String accepted) throws Exception {
        HttpRequest.Builder request = Clients.to(server, path);
        if (!accepted.isEmpty()) {
            request.header("Accept-Encoding", accepted);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, application/json, 131073, true",
        "gzip, application/json, 131072, false",
        "gzip, application/vnd.kubernetes.protobuf, 500000, true",
        "'gzip, deflate', application/json, 131073, true",
        "'deflate,  gzip ', application/json, 131073, true",
        "deflate, application/json, 500000, false",
        "gzip;q=1.0, application/json, 500000, false",
        "'', application/json, 500000, false",
        "gzip, text/plain, 500000, false",
        "gzip, application/json, 0, false",
    })
    void largeAnswersOfObjectsAreCompressedWhereAskedFor(String accepted, String type, int size, boolean zipped)
            throws Exception {
        byte[] body = new byte[size];
        new Random(1).nextBytes(body);
        for (int i = 0; i < size; i++) {
            body[i] &= 0x3f; // so that there is something to gain
        }
        for (Shape shape : Shape.values()) {
            door.on("/x", (request, cancellation) -> answer(shape, Headers.of("Content-Type", type), body));

            HttpResponse<byte[]> answer = get("/x", accepted);

            if (zipped) {
                assertThat(answer.headers().allValues("content-encoding")).containsExactly("gzip");
                assertThat(answer.headers().allValues("vary")).containsExactly("Accept-Encoding");
                assertThat(answer.body().length).isLessThan(size);
                assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                        .as("%s", shape)
                        .isEqualTo(body);
            } else {
                assertThat(answer.headers().allValues("content-encoding")).isEmpty();
                assertThat(answer.headers().allValues("vary")).isEmpty();
                assertThat(answer.body()).as("%s", shape).isEqualTo(body);
            }
            assertThat(answer.headers().firstValue("content-type")).contains(type);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void whatIsEncodedAlreadyStaysAsItIs(Shape shape) throws Exception {
        door.on(
                "/x",
                (request, cancellation) -> answer(
                        shape,
                        Headers.of("Content-Type", "application/json", "Content-Encoding", "br"),
                        new byte[LARGE]));

        assertThat(get("/x", "gzip").headers().allValues("content-encoding")).containsExactly("br");
    }

    @Test
    void watchesAreNotCompressed() throws Exception {
        ManualFeed feed = new ManualFeed();
        door.on("/watch", feed);
        var answer = client.sendAsync(
                Clients.to(server, "/watch").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        ManualFeed.soon(feed.subscribed);
        feed.offer(new byte[LARGE]);
        feed.complete();

        assertThat(answer.get().headers().allValues("content-encoding")).isEmpty();
        assertThat(answer.get().body()).hasSize(LARGE);
    }

    @Test
    void itCanBeTurnedOff() throws Exception {
        door.on(
                "/x",
                (request, cancellation) ->
                        Complete.of(200, StubDoor.JSON, "y".repeat(LARGE).getBytes(UTF_8)));
        try (HttpServer plain = HttpServer.builder(door).compression(false).start()) {
            HttpResponse<byte[]> answer = client.send(
                    Clients.to(plain, "/x").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

            assertThat(answer.headers().allValues("content-encoding")).isEmpty();
            assertThat(answer.body()).hasSize(LARGE);
        }
    }
}
