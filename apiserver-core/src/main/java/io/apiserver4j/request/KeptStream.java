// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A stream that keeps a copy of what passes and tells it at the end; of very long ones, and of those that do not come to
 * their end, an empty one.
 */
public record KeptStream(Flow.Publisher<List<ByteBuffer>> source, Consumer<byte[]> taker)
        implements Flow.Publisher<List<ByteBuffer>> {
    private static final int LONGEST = 16 << 20;
    private static final byte[] NOTHING = {};

    /** An answer whose body is told at its end. */
    public static ApiResponse of(ApiResponse.Streaming answer, Consumer<byte[]> taker) {
        return new ApiResponse.Streaming(
                answer.code(), answer.headers(), new KeptStream(answer.chunks(), taker), answer.flushEach());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> subscriber) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        AtomicBoolean told = new AtomicBoolean();
        source.subscribe(new Flow.Subscriber<List<ByteBuffer>>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscription.request(n);
                    }

                    @Override
                    public void cancel() {
                        tell(NOTHING);
                        subscription.cancel();
                    }
                });
            }

            @Override
            public void onNext(List<ByteBuffer> pieces) {
                for (ByteBuffer piece : pieces) {
                    if (kept.size() <= LONGEST) {
                        byte[] copy = new byte[piece.remaining()];
                        piece.duplicate().get(copy);
                        kept.writeBytes(copy);
                    }
                }
                subscriber.onNext(pieces);
            }

            @Override
            public void onError(Throwable failure) {
                tell(NOTHING);
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                tell(kept.size() > LONGEST ? NOTHING : kept.toByteArray());
                subscriber.onComplete();
            }

            private void tell(byte[] body) {
                if (told.compareAndSet(false, true)) {
                    taker.accept(body);
                }
            }
        });
    }
}
