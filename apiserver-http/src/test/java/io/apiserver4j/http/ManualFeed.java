// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.apiserver4j.request.ApiCaller;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.ApiResponse.Streaming;
import io.apiserver4j.request.Cancellation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A watch that a test moves by hand, and that says what its reader asks for. */
final class ManualFeed implements ApiCaller, Flow.Publisher<List<ByteBuffer>>, Flow.Subscription {
    final CountDownLatch subscribed = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch signalled = new CountDownLatch(1);
    private final AtomicLong demand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super List<ByteBuffer>> reader;

    @Override
    public ApiResponse call(ApiRequest request, Cancellation cancellation) {
        cancellation.onCancel(signalled::countDown);
        return new Streaming(200, StubDoor.JSON, this, true);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> subscriber) {
        reader = subscriber;
        subscriber.onSubscribe(this);
        subscribed.countDown();
    }

    @Override
    public void request(long more) {
        demand.addAndGet(more);
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    /** Sends a piece if one is asked for; false where the reader asks for nothing. */
    boolean offer(byte[] piece) {
        if (demand.get() == 0) {
            return false;
        }
        demand.decrementAndGet();
        reader().onNext(List.of(ByteBuffer.wrap(piece)));
        return true;
    }

    void offer(String piece) {
        if (!offer(piece.getBytes(UTF_8))) {
            throw new AssertionError("nothing was asked for");
        }
    }

    void complete() {
        reader().onComplete();
    }

    void fail() {
        reader().onError(new IllegalStateException("as the test wants"));
    }

    private Flow.Subscriber<? super List<ByteBuffer>> reader() {
        Flow.Subscriber<? super List<ByteBuffer>> known = reader;
        if (known == null) {
            throw new AssertionError("nobody subscribed");
        }
        return known;
    }

    static boolean soon(CountDownLatch latch) throws InterruptedException {
        return latch.await(10, TimeUnit.SECONDS);
    }
}
