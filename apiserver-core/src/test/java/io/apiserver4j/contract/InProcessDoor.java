// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to a server within the process, as a client would by a socket. */
public final class InProcessDoor {
    private static final String END = "";

    private final ApiServer server;

    /** A way into this server. */
    public InProcessDoor(ApiServer server) {
        this.server = server;
    }

    /** Sends a request and reads the whole answer. */
    public DoorContract.Answer send(String method, String target, Map<String, String> headers, byte[] body) {
        Headers.Builder sent = Headers.builder();
        headers.forEach(sent::add);
        ApiResponse response = server.call(ApiRequest.of(method, target, sent.build(), body), new Cancellation());
        Map<String, List<String>> received = new TreeMap<>();
        response.headers()
                .forEach((name, value) -> received.put(name, response.headers().all(name)));
        byte[] bytes;
        if (response instanceof ApiResponse.Complete complete) {
            bytes = complete.body();
        } else {
            Lines lines = new Lines();
            ((ApiResponse.Streaming) response).chunks().subscribe(lines);
            bytes = lines.all.toByteArray();
        }
        return new DoorContract.Answer(response.code(), received, bytes);
    }

    /** Begins a watch. */
    public DoorContract.OpenWatch watch(String target) {
        Cancellation cancellation = new Cancellation();
        ApiResponse response = server.call(ApiRequest.get(target), cancellation);
        Lines lines = new Lines();
        ((ApiResponse.Streaming) response).chunks().subscribe(lines);
        return new DoorContract.OpenWatch() {
            @Override
            public @Nullable String next() throws InterruptedException {
                String line = lines.queue.poll(30, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("waited in vain for " + target);
                }
                return line.equals(END) ? null : line.strip();
            }

            @Override
            public void close() {
                cancellation.cancel();
            }
        };
    }

    private static final class Lines implements Flow.Subscriber<List<ByteBuffer>> {
        final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> group) {
            for (ByteBuffer part : group) {
                byte[] bytes = new byte[part.remaining()];
                part.duplicate().get(bytes);
                all.writeBytes(bytes);
                queue.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onError(Throwable failure) {
            queue.add("failed: " + failure);
        }

        @Override
        public void onComplete() {
            queue.add(END);
        }
    }
}
