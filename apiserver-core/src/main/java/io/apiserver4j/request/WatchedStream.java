// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A stream that passes everything on and tells a watcher what passes and how it ends. A stream that nobody subscribes to has
 * no end.
 *
 * @param watchers makes one for each subscription
 */
record WatchedStream<T>(Flow.Publisher<T> source, Supplier<Watcher<T>> watchers) implements Flow.Publisher<T> {
    /** Is told of one subscription, before the subscriber is. */
    interface Watcher<T> {
        /** An item passes. */
        default void passes(T item) {}

        /** The end, told once; {@code whole} where the stream came to its own end, not where it failed or was cancelled. */
        void ends(boolean whole);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Watcher<T> watcher = watchers.get();
        AtomicBoolean told = new AtomicBoolean();
        source.subscribe(new Flow.Subscriber<T>() {
            private void end(boolean whole) {
                if (told.compareAndSet(false, true)) {
                    watcher.ends(whole);
                }
            }

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscription.request(n);
                    }

                    @Override
                    public void cancel() {
                        end(false);
                        subscription.cancel();
                    }
                });
            }

            @Override
            public void onNext(T item) {
                watcher.passes(item);
                subscriber.onNext(item);
            }

            @Override
            public void onError(Throwable failure) {
                end(false);
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                end(true);
                subscriber.onComplete();
            }
        });
    }
}
