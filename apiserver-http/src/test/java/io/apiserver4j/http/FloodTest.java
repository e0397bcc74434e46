// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FloodTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int REFUSED_STREAM = 7;

    private final StubDoor door = new StubDoor();
    private final CountDownLatch go = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        door.on("/wait", (request, cancellation) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return StubDoor.text("waited");
        });
        server = HttpServer.builder(door)
                .limits(ConnectionLimits.STANDARD.withStreams(10).withHandlers(20, 10))
                .start();
    }

    @AfterEach
    void stop() {
        go.countDown();
        server.close();
    }

    @Test
    void moreStreamsThanAgreedAreRefused() throws IOException {
        try (RawHttp2 client = new RawHttp2(server)) {
            client.await(frame -> frame.type() == RawHttp2.SETTINGS && frame.flags() == RawHttp2.ACK);
            for (int i = 0; i < 12; i++) {
                client.get(2 * i + 1, "/wait");
            }
            for (int refused : new int[] {21, 23}) {
                RawHttp2.Frame frame = client.await(next -> next.type() == RawHttp2.RESET);
                assertThat(frame.stream()).isEqualTo(refused);
                assertThat(frame.error()).isEqualTo(REFUSED_STREAM);
            }
            go.countDown();
            for (int i = 0; i < 10; i++) {
                client.await(frame -> frame.type() == RawHttp2.DATA && frame.flags() == RawHttp2.END_STREAM);
            }
        }
    }

    @Test
    void moreRequestsThanHandlersAndPlacesToWaitAreTurnedAway() throws Exception {
        List<RawSocket> busy = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                busy.add(new RawSocket(server).send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            while (server.busyHandlers() < 30) {
                Thread.onSpinWait();
            }
            try (RawSocket more = new RawSocket(server)) {
                String answer =
                        more.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").until("later.\n");
                assertThat(answer)
                        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                        .contains("\r\nRetry-After: 1\r\n")
                        .endsWith("\r\n\r\nToo many requests, please try again later.\n");
            }
            go.countDown();
            for (RawSocket client : busy) {
                client.until("waited");
            }
        } finally {
            for (RawSocket client : busy) {
                client.close();
            }
        }
    }

    @Test
    void rapidResetsEndTheConnectionAndNothingElse() throws Exception {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        byte[] head = RawHttp2.head("GET", "/hello");
        for (int i = 0; i < 5_000; i++) {
            int stream = 2 * i + 1;
            flood.writeBytes(
                    RawHttp2.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, head));
            flood.writeBytes(RawHttp2.frame(RawHttp2.RESET, 0, stream, new byte[] {0, 0, 0, 8}));
        }
        assertSentAway(flood.toByteArray());
    }

    @Test
    void aHeadWithoutEndEndsTheConnection() throws Exception {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        flood.writeBytes(RawHttp2.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.head("GET", "/hello")));
        for (int i = 0; i < 10_000; i++) {
            flood.writeBytes(RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]));
        }
        assertSentAway(flood.toByteArray());
    }

    private void assertSentAway(byte[] flood) throws Exception {
        try (RawHttp2 client = new RawHttp2(server)) {
            Thread writer = new Thread(() -> {
                try {
                    client.raw.send(flood);
                } catch (IOException e) {
                    // the server closes while we write
                }
            });
            writer.start();
            RawHttp2.Frame goodbye = null;
            for (RawHttp2.Frame frame = client.next(); frame != null; frame = client.next()) {
                goodbye = frame.type() == RawHttp2.GOAWAY ? frame : goodbye;
            }
            assertThat(goodbye).isNotNull();
            assertThat(goodbye.error()).isEqualTo(ENHANCE_YOUR_CALM);
            writer.join();
        } catch (SocketException e) {
            // the goodbye was lost with the reset that followed it
        }
        try (RawSocket next = new RawSocket(server)) {
            next.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").until("hello\n");
        }
    }

    @Test
    void bodiesBeyondTheMemoryForThemAreTurnedAway() throws Exception {
        ConnectionLimits few = new ConnectionLimits(
                1 << 20,
                2 << 20,
                1 << 20,
                250,
                1000,
                20,
                10,
                ConnectionLimits.STANDARD.headerTimeout(),
                ConnectionLimits.STANDARD.bodyTimeout(),
                ConnectionLimits.STANDARD.idleTimeout(),
                ConnectionLimits.STANDARD.stallTimeout());
        byte[] half = new byte[900_000];
        try (HttpServer small = HttpServer.builder(door).limits(few).start()) {
            String head = "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";
            try (RawSocket one = new RawSocket(small);
                    RawSocket two = new RawSocket(small);
                    RawSocket three = new RawSocket(small)) {
                one.send(head).send(half);
                two.send(head).send(half);
                while (small.heldBytes() < 2_000_000) {
                    Thread.onSpinWait();
                }
                String answer;
                try {
                    answer = three.send(head).send(half).all();
                } catch (IOException e) {
                    answer = three.all();
                }
                assertThat(answer).startsWith("HTTP/1.1 429 Too Many Requests\r\n");
                one.send(new byte[100_000]).until("hello\n");
                one.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n")
                        .send(half)
                        .until("hello\n");
            }
        }
    }
}
