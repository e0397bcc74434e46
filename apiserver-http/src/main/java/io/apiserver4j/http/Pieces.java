// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiResponse.Complete;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A large complete answer as a feed of pieces, made as they are asked for. Takes one subscriber. */
final class Pieces implements Flow.Publisher<List<ByteBuffer>>, Flow.Subscription {
    private static final int PIECE = 64 * 1024;

    private final Queue<ByteBuffer> parts = new ArrayDeque<>();
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private Flow.Subscriber<? super List<ByteBuffer>> subscriber = new Nobody();

    Pieces(Complete answer) {
        for (ByteBuffer part : answer.parts()) {
            if (part.hasRemaining()) {
                parts.add(part.duplicate());
            }
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> only) {
        subscriber = only;
        only.onSubscribe(this);
    }

    @Override
    public void request(long more) {
        if (demand.getAndAdd(more) != 0) {
            return; // whoever came first serves this, too
        }
        long wanted = more;
        while (wanted > 0) {
            for (long i = 0; i < wanted && !cancelled; i++) {
                emit();
            }
            wanted = demand.addAndGet(-wanted);
        }
    }

    private void emit() {
        ByteBuffer part = parts.peek();
        if (part != null) {
            subscriber.onNext(List.of(piece(part)));
        }
        if (parts.isEmpty()) {
            cancelled = true;
            subscriber.onComplete();
        }
    }

    private ByteBuffer piece(ByteBuffer part) {
        if (part.remaining() <= PIECE) {
            parts.remove();
            return part;
        }
        ByteBuffer piece = part.slice(part.position(), PIECE);
        part.position(part.position() + PIECE);
        return piece;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private static final class Nobody implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
