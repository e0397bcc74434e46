// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiResponse.Streaming;
import io.apiserver4j.request.Headers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A streamed body in gzip form, once it has shown to be large enough; up to then its pieces are held back, so that a small
 * one leaves as it is. Each group from the publisher makes one group here, mostly an empty one, so demand is handed
 * through. Compresses on the publisher's thread.
 */
final class GzipFeed implements Flow.Processor<List<ByteBuffer>, List<ByteBuffer>>, Flow.Subscription {
    private final Streaming source;
    private List<ByteBuffer> kept = new ArrayList<>();
    private long size;
    private volatile boolean large;
    private volatile boolean cancelled;
    private @Nullable Gzip gzip;
    private Flow.Subscriber<? super List<ByteBuffer>> target = this;
    private Flow.Subscription upstream = this;

    GzipFeed(Streaming source) {
        this.source = source;
    }

    /** The answer's headers; they are known once the first bytes were delivered. */
    Headers headers() {
        return large ? Compression.headers(source.headers()) : source.headers();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> only) {
        target = only;
        source.chunks().subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        target.onSubscribe(this);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> group) {
        if (cancelled) {
            return;
        }
        Gzip running = gzip;
        if (running != null) {
            running.add(group);
            target.onNext(running.take());
            return;
        }
        kept.addAll(group);
        for (ByteBuffer part : group) {
            size += part.remaining();
        }
        if (size <= Compression.THRESHOLD) {
            target.onNext(List.of());
            return;
        }
        Gzip begun = new Gzip();
        gzip = begun;
        begun.add(kept);
        kept = List.of();
        large = true;
        target.onNext(begun.take());
    }

    @Override
    public void onError(Throwable failure) {
        end();
        target.onError(failure);
    }

    @Override
    public synchronized void onComplete() {
        if (!cancelled) {
            Gzip running = gzip;
            if (running != null) {
                running.finish();
                target.onNext(running.take());
            } else {
                target.onNext(kept);
            }
        }
        end();
        target.onComplete();
    }

    @Override
    public void request(long more) {
        upstream.request(more);
    }

    @Override
    public void cancel() {
        upstream.cancel();
        end();
    }

    private synchronized void end() {
        cancelled = true;
        Gzip running = gzip;
        if (running != null) {
            running.close();
        }
    }
}
