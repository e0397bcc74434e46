// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiCaller;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.ApiResponse.Streaming;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A door whose paths answer what the tests want; keeps what it was asked. */
final class StubDoor implements ApiCaller {
    static final Headers JSON = Headers.of("Content-Type", "application/json");
    static final int CHUNK = 64 * 1024;

    final BlockingQueue<ApiRequest> requests = new LinkedBlockingQueue<>();
    private final Map<String, ApiCaller> paths = new ConcurrentHashMap<>();

    StubDoor() {
        on("/hello", (request, cancellation) -> text("hello\n"));
        on("/echo", (request, cancellation) -> Complete.of(200, JSON, request.body()));
    }

    StubDoor on(String path, ApiCaller answer) {
        paths.put(path, answer);
        return this;
    }

    @Override
    public ApiResponse call(ApiRequest request, Cancellation cancellation) {
        requests.add(request);
        return paths.getOrDefault(request.path(), (r, c) -> Complete.of(404, Headers.NONE, new byte[0]))
                .call(request, cancellation);
    }

    static Complete text(String body) {
        return Complete.of(
                200, Headers.of("Content-Type", "text/plain; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A list of so many chunks, each filled with the number of the chunk. */
    static Streaming list(int chunks) {
        return new Streaming(200, JSON, subscriber -> subscriber.onSubscribe(new Counted(chunks, subscriber)), false);
    }

    /** Emits chunks as they are asked for, on the thread that asks. */
    private static final class Counted implements Flow.Subscription {
        private final int chunks;
        private final Flow.Subscriber<? super List<ByteBuffer>> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private int made;

        Counted(int chunks, Flow.Subscriber<? super List<ByteBuffer>> subscriber) {
            this.chunks = chunks;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            if (demand.getAndAdd(more) != 0) {
                return;
            }
            long wanted = more;
            while (wanted > 0) {
                for (long i = 0; i < wanted && made < chunks; i++) {
                    byte[] chunk = new byte[CHUNK];
                    Arrays.fill(chunk, (byte) made++);
                    subscriber.onNext(List.of(ByteBuffer.wrap(chunk)));
                    if (made == chunks) {
                        subscriber.onComplete();
                    }
                }
                wanted = demand.addAndGet(-wanted);
            }
        }

        @Override
        public void cancel() {
            made = chunks;
        }
    }
}
