// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream that tells of its end, however it comes: complete, failed, or cancelled. A stream that nobody subscribes to has
 * no end.
 *
 * @param ended is run once for each subscription
 */
public record EndingStream<T>(Flow.Publisher<T> source, Runnable ended) implements Flow.Publisher<T> {
    /** An answer whose stream tells of its end; any other answer as it is. */
    public static ApiResponse of(ApiResponse response, Runnable ended) {
        return response instanceof ApiResponse.Streaming streaming
                ? new ApiResponse.Streaming(
                        streaming.code(),
                        streaming.headers(),
                        new EndingStream<>(streaming.chunks(), ended),
                        streaming.flushEach())
                : response;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        AtomicBoolean told = new AtomicBoolean();
        Runnable end = () -> {
            if (told.compareAndSet(false, true)) {
                ended.run();
            }
        };
        source.subscribe(new Flow.Subscriber<T>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscription.request(n);
                    }

                    @Override
                    public void cancel() {
                        end.run();
                        subscription.cancel();
                    }
                });
            }

            @Override
            public void onNext(T item) {
                subscriber.onNext(item);
            }

            @Override
            public void onError(Throwable failure) {
                end.run();
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                end.run();
                subscriber.onComplete();
            }
        });
    }
}
