// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiResponse.Upgraded;
import io.apiserver4j.request.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UpgradeBridgeTest {
    private final StubDoor door = new StubDoor();
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch inputEnded = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        door.on("/exec", (request, cancellation) -> {
            cancellation.onCancel(signalled::countDown);
            String protocol = request.headers().firstOrEmpty("upgrade");
            return new Upgraded(101, Headers.of("Connection", "Upgrade", "Upgrade", protocol), new Echo());
        });
        server = HttpServer.builder(door).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends back what comes, one piece at a time; ends after a piece that ends with a dot. */
    private final class Echo extends SubmissionPublisher<ByteBuffer> implements Flow.Processor<ByteBuffer, ByteBuffer> {
        private Flow.@Nullable Subscription input;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            input = subscription;
            subscription.request(1);
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            super.subscribe(subscriber);
            submit(ByteBuffer.wrap("hi;".getBytes(ISO_8859_1)));
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            boolean last = bytes.get(bytes.limit() - 1) == '.';
            submit(bytes);
            if (last) {
                close();
            } else {
                Objects.requireNonNull(input).request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            onComplete();
        }

        @Override
        public void onComplete() {
            inputEnded.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET|websocket", "POST|SPDY/3.1", "GET|SPDY/3.1"})
    void bytesGoBothWaysAfterTheHead(String how) throws Exception {
        String method = how.substring(0, how.indexOf('|'));
        String protocol = how.substring(how.indexOf('|') + 1);
        try (RawSocket client = new RawSocket(server)) {
            client.send(method + " /exec HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n"
                    + (method.equals("POST") ? "Content-Length: 0\r\n" : "") + "\r\n");

            assertThat(client.until("\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                            + "\r\n\r\n");
            assertThat(client.until(";")).isEqualTo("hi;");
            assertThat(client.send("GET / HTTP/1.1\r\n\r\n;").until(";")).isEqualTo("GET / HTTP/1.1\r\n\r\n;");
            assertThat(client.send("bye.").all()).isEqualTo("bye.");
        }
        assertThat(ManualFeed.soon(inputEnded)).isTrue();
    }

    @Test
    void manyBytesKeepTheirOrder() throws Exception {
        byte[] sent = new byte[8 << 20];
        long seed = System.nanoTime();
        new Random(seed).nextBytes(sent);
        for (int i = 0; i < sent.length; i++) {
            sent[i] = sent[i] == '.' ? 0 : sent[i];
        }
        try (RawSocket client = new RawSocket(server)) {
            client.send("GET /exec HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            client.until("hi;");
            Thread writer = new Thread(() -> {
                try {
                    OutputStream out = client.socket.getOutputStream();
                    out.write(sent);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();

            assertThat(client.socket.getInputStream().readNBytes(sent.length))
                    .as("seed %s", seed)
                    .isEqualTo(sent);
            writer.join();
        }
        assertThat(ManualFeed.soon(signalled)).isTrue();
        assertThat(ManualFeed.soon(inputEnded)).isTrue();
    }

    @Test
    void overHttp2ThereIsNoUpgrade() throws Exception {
        try (RawHttp2 client = new RawHttp2(server)) {
            client.get(1, "/exec");
            RawHttp2.Frame data = client.await(frame -> frame.type() == RawHttp2.DATA);
            assertThat(new String(data.payload(), ISO_8859_1)).startsWith("unable to upgrade");
        }
        assertThat(ManualFeed.soon(signalled)).isTrue();
    }
}
