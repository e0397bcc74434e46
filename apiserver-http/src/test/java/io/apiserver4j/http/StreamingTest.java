// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.ApiResponse.Complete;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StreamingTest {
    private static final int LARGE = 800; // chunks: 50 MB
    private static final int SMALLER = 160;

    private final StubDoor door = new StubDoor();
    private final ManualFeed feed = new ManualFeed();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        door.on("/list", (request, cancellation) -> StubDoor.list(request.http2() ? LARGE : SMALLER))
                .on("/watch", feed);
        server = HttpServer.builder(door)
                .tls(SelfSigned.ofThisJvm().tls())
                .limits(ConnectionLimits.STANDARD.withTimeouts(
                        Duration.ofSeconds(32), Duration.ofSeconds(60), Duration.ofSeconds(90), Duration.ofMillis(400)))
                .start();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    /** Netty broke and repaired this spot more than once: large answers at once over few connections must all end. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void eightLargeListsAtOnceOverFewConnectionsAllEnd(HttpClient.Version version) throws Exception {
        List<CompletableFuture<HttpResponse<Long>>> answers = new ArrayList<>();
        for (int connection = 0; connection < 2; connection++) {
            HttpClient client = Clients.of(version, null);
            Clients.get(client, server, "/hello"); // from now on one connection for HTTP/2
            for (int i = 0; i < 4; i++) {
                answers.add(client.sendAsync(
                        Clients.to(server, "/list").build(),
                        ignored -> HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofInputStream(), StreamingTest::check)));
            }
        }
        long chunks = version == HttpClient.Version.HTTP_2 ? LARGE : SMALLER;
        for (CompletableFuture<HttpResponse<Long>> answer : answers) {
            assertThat(answer.get().body()).isEqualTo(chunks * StubDoor.CHUNK);
        }
    }

    /** Reads all, and looks whether each chunk is where it belongs. */
    private static long check(InputStream in) {
        byte[] buffer = new byte[StubDoor.CHUNK];
        long at = 0;
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i += 997) {
                    if (buffer[i] != (byte) ((at + i) / StubDoor.CHUNK)) {
                        throw new AssertionError("wrong byte at " + (at + i));
                    }
                }
                at += read;
            }
        } catch (IOException e) {
            throw new AssertionError("cut after " + at, e);
        }
        return at;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aWatchsHeadAndEachPieceLeaveAtOnceAndItsEndIsClean(HttpClient.Version version) throws Exception {
        HttpClient client = Clients.of(version, null);

        HttpResponse<InputStream> answer =
                client.send(Clients.to(server, "/watch").build(), BodyHandlers.ofInputStream());

        InputStream in = answer.body();
        assertThat(answer.statusCode()).isEqualTo(200);
        ManualFeed.soon(feed.subscribed);
        for (int i = 0; i < 500; i++) {
            String event = "event " + i + "\n";
            feed.offer(event);
            assertThat(new String(in.readNBytes(event.length()), UTF_8)).isEqualTo(event);
        }
        feed.complete();
        assertThat(in.read()).isEqualTo(-1);
        assertThat(Clients.get(client, server, "/hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aStreamThatFailsIsCutSoThatTheClientSeesIt(HttpClient.Version version) throws Exception {
        HttpResponse<InputStream> answer =
                Clients.of(version, null).send(Clients.to(server, "/watch").build(), BodyHandlers.ofInputStream());
        ManualFeed.soon(feed.subscribed);
        feed.offer("event\n");
        answer.body().readNBytes(6);

        feed.fail();

        assertThatThrownBy(() -> answer.body().read()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aQuietWatchsReaderThatGoesIsNoticed(HttpClient.Version version) throws Exception {
        HttpResponse<InputStream> answer =
                Clients.of(version, null).send(Clients.to(server, "/watch").build(), BodyHandlers.ofInputStream());
        ManualFeed.soon(feed.subscribed);

        answer.body().close(); // closes the connection of HTTP/1.1, resets the stream of HTTP/2

        assertThat(ManualFeed.soon(feed.cancelled)).isTrue();
        assertThat(ManualFeed.soon(feed.signalled)).isTrue();
    }

    @Test
    void aQuietWatchsConnectionThatGoesIsNoticed() throws Exception {
        try (HttpServer clear = HttpServer.builder(door).start()) {
            try (RawHttp2 client = new RawHttp2(clear)) {
                client.get(1, "/watch");
                client.await(frame -> frame.type() == RawHttp2.HEADERS);
                ManualFeed.soon(feed.subscribed);
            }
            assertThat(ManualFeed.soon(feed.cancelled)).isTrue();
            assertThat(ManualFeed.soon(feed.signalled)).isTrue();
        }
    }

    @Test
    void aHandlerIsToldThatItsClientWent() throws Exception {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        CompletableFuture<Void> running = new CompletableFuture<>();
        door.on("/slow", (request, cancellation) -> {
            cancellation.onCancel(() -> told.complete(true));
            running.complete(null);
            told.join();
            return StubDoor.text("nobody reads this");
        });
        try (HttpServer clear = HttpServer.builder(door).start()) {
            try (RawSocket client = new RawSocket(clear)) {
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
                running.get();
            }
            assertThat(told.get()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aReaderThatReadsNothingIsCutOffAndOthersGoOn(HttpClient.Version version) throws Exception {
        ManualFeed other = new ManualFeed();
        door.on("/other", other);
        HttpClient client = Clients.of(version, null);
        HttpResponse<InputStream> deaf =
                client.send(Clients.to(server, "/watch").build(), BodyHandlers.ofInputStream());
        HttpResponse<InputStream> reads =
                client.send(Clients.to(server, "/other").build(), BodyHandlers.ofInputStream());
        ManualFeed.soon(feed.subscribed);
        ManualFeed.soon(other.subscribed);
        byte[] piece = new byte[64 * 1024];
        long offered = 0;
        boolean refused = false;
        while (feed.cancelled.getCount() > 0) {
            if (feed.offer(piece)) {
                offered += piece.length;
            } else {
                refused = true;
                other.offer("event\n");
                assertThat(reads.body().readNBytes(6)).hasSize(6);
                Thread.sleep(1);
            }
        }

        assertThat(refused).as("the publisher saw that nothing was asked for").isTrue();
        assertThat(offered).isLessThan(64L << 20);
        assertThat(ManualFeed.soon(feed.signalled)).isTrue();
        other.offer("event\n");
        assertThat(reads.body().readNBytes(6)).hasSize(6);
        deaf.body().close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aLargeCompleteAnswerArrivesWholeWithItsLength(HttpClient.Version version) throws Exception {
        byte[] large = new byte[20 << 20];
        door.on("/large", (request, cancellation) -> Complete.of(200, StubDoor.JSON, large));

        HttpResponse<InputStream> answer =
                Clients.of(version, null).send(Clients.to(server, "/large").build(), BodyHandlers.ofInputStream());

        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(large.length);
        assertThat(answer.body().transferTo(OutputStream.nullOutputStream())).isEqualTo(large.length);
    }
}
