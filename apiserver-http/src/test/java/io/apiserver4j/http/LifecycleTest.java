// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LifecycleTest {
    private final StubDoor door = new StubDoor();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoHundredServersLeaveNoThreadAndNoSocket(boolean secure) throws Exception {
        cycle(secure);
        String threads = threads();
        long sockets = sockets();
        for (int i = 0; i < 200; i++) {
            cycle(secure);
        }

        assertThat(threads()).isEqualTo(threads);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sockets() > sockets && System.nanoTime() < end) {
            Thread.sleep(10); // clients of other tests come and go
        }
        assertThat(sockets()).isLessThanOrEqualTo(sockets);
    }

    private void cycle(boolean secure) throws IOException, InterruptedException {
        HttpServer.Builder builder = HttpServer.builder(door);
        HttpServer server = secure ? builder.tls(SelfSigned.ofThisJvm().tls()).start() : builder.start();
        try (Socket silent = new Socket("127.0.0.1", server.address().getPort())) {
            if (!secure) {
                try (RawSocket client = new RawSocket(server)) {
                    client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").until("hello\n");
                }
            }
            server.close(Duration.ofSeconds(5));
            assertThat(isClosed(silent)).isTrue();
        }
        assertThat(server.connections()).isZero();
        assertThat(isListening(server)).isFalse();
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true; // it was not even accepted yet
        }
    }

    /** Our threads; those of handlers end with their pool, so they are waited for. */
    private static String threads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("apiserver4j-handler")) {
                thread.join(10_000);
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("apiserver4j"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static long sockets() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0; // only Linux shows them
        }
        long count = 0;
        try (var files = Files.list(own)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    count += Files.readSymbolicLink(file).toString().startsWith("socket:") ? 1 : 0;
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void closingLetsAnswersUnderWayEnd(HttpClient.Version version) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        door.on("/slow", (request, cancellation) -> {
            running.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return StubDoor.text("done");
        });
        HttpServer server =
                HttpServer.builder(door).tls(SelfSigned.ofThisJvm().tls()).start();
        HttpClient client = Clients.of(version, null);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(Clients.to(server, "/slow").build(), BodyHandlers.ofString());
        running.await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(30)));
        while (isListening(server)) {
            Thread.onSpinWait();
        }
        go.countDown();

        assertThat(answer.get().body()).isEqualTo("done");
        closed.get();
        assertThat(server.connections()).isZero();
    }

    private static boolean isListening(HttpServer server) throws IOException {
        int port = server.address().getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.getLocalPort() != port; // the system may connect a socket to itself
        } catch (ConnectException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void closingEndsWatchesInGoodOrder(HttpClient.Version version) throws Exception {
        ManualFeed feed = new ManualFeed();
        door.on("/watch", feed);
        HttpServer server =
                HttpServer.builder(door).tls(SelfSigned.ofThisJvm().tls()).start();
        HttpResponse<InputStream> answer =
                Clients.of(version, null).send(Clients.to(server, "/watch").build(), BodyHandlers.ofInputStream());
        ManualFeed.soon(feed.subscribed);
        feed.offer("event\n");

        server.close(Duration.ofSeconds(30));

        assertThat(answer.body().readAllBytes()).hasSize(6);
        assertThat(ManualFeed.soon(feed.cancelled)).isTrue();
        assertThat(ManualFeed.soon(feed.signalled)).isTrue();
    }

    @Test
    void closingCutsWhatDoesNotEndInTime() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch told = new CountDownLatch(2);
        door.on("/stuck", (request, cancellation) -> {
            CountDownLatch gone = new CountDownLatch(1);
            cancellation.onCancel(gone::countDown);
            running.countDown();
            try {
                gone.await();
                told.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return StubDoor.text("too late");
        });
        HttpServer server = HttpServer.builder(door).start();
        try (RawSocket client = new RawSocket(server);
                RawHttp2 other = new RawHttp2(server)) {
            client.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n");
            other.get(1, "/stuck");
            running.await();

            server.close(Duration.ofMillis(50));

            assertThat(client.all()).isEmpty();
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void drainingSaysGoodbye() throws Exception {
        ManualFeed feed = new ManualFeed();
        door.on("/watch", feed);
        HttpServer server = HttpServer.builder(door).start();
        try (RawHttp2 client = new RawHttp2(server)) {
            client.get(1, "/watch");
            client.await(frame -> frame.type() == RawHttp2.HEADERS);
            ManualFeed.soon(feed.subscribed);
            server.close(Duration.ofSeconds(30));
            client.await(frame -> frame.type() == RawHttp2.DATA && frame.flags() == RawHttp2.END_STREAM);
            RawHttp2.Frame goodbye = client.await(frame -> frame.type() == RawHttp2.GOAWAY);
            assertThat(goodbye.error()).isZero();
            assertThat(client.next()).isNull();
        }
    }
}
