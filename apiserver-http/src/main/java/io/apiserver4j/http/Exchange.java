// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.ApiResponse.Streaming;
import io.apiserver4j.request.ApiResponse.Upgraded;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, whichever protocol carries them. {@link #run} is the handler's part and runs on a handler
 * thread; everything else runs on the connection's event loop.
 */
abstract class Exchange implements Runnable {
    /** Answers above this size are written piece by piece, so that a slow reader holds no encrypted copy of them. */
    private static final long PIECEMEAL = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    final Wiring wiring;
    final Channel channel;

    private final Cancellation cancellation = new Cancellation();
    private final Deadline stall;
    private final ChannelFutureListener written = this::written;
    private int unwritten;
    private @Nullable RequestBody body;
    private @Nullable FeedPump pump;
    private @Nullable ApiRequest request;
    private boolean head;
    private volatile boolean gone;
    private boolean finished;

    Exchange(Wiring wiring, Channel channel) {
        this.wiring = wiring;
        this.channel = channel;
        this.stall = new Deadline(channel.eventLoop(), this::stalled);
    }

    /** Writes a whole answer; body is null where there is none, and the length counts where it is not sent (HEAD). */
    abstract void send(int code, Headers headers, @Nullable ByteBuf content, long length);

    /** Writes the head of an answer whose body follows; length is -1 where it is not known. */
    abstract void begin(int code, Headers headers, long length);

    /** Writes a piece of the body, without a flush. */
    abstract void write(ByteBuf piece);

    /** Ends the body. */
    abstract void end();

    /** Cuts the answer off so that the client sees that it is not whole. */
    abstract void abort();

    /** Goes on in another protocol. */
    abstract void upgrade(Upgraded answer, Cancellation signal);

    /** Called when the handler is done, on its thread. */
    void handled() {}

    final EventLoop loop() {
        return channel.eventLoop();
    }

    final boolean writable() {
        return channel.isWritable();
    }

    private boolean isHead() {
        return head;
    }

    /** True once the answer was written or will never be. */
    final boolean isFinished() {
        return finished || gone;
    }

    /** The request is there: hands it to a handler thread. */
    final void dispatch(ApiRequest arrived, @Nullable RequestBody held) {
        request = arrived;
        head = arrived.method().equals("HEAD");
        body = held;
        if (wiring.admit()) {
            try {
                wiring.threads.execute(this);
                return;
            } catch (RejectedExecutionException e) {
                LOG.debug("no thread for a handler", e);
                wiring.leave();
            }
        }
        release();
        handled();
        sendWhole(PlainAnswers.TOO_MANY);
    }

    @Override
    public final void run() {
        try {
            ApiRequest known = request;
            request = null; // a watch goes on for hours, and needs it no more
            if (known != null && !gone) {
                hand(known, call(known));
            }
        } finally {
            wiring.leave();
            release();
            handled();
        }
    }

    private ApiResponse call(ApiRequest known) {
        try {
            return wiring.door.call(known, cancellation);
        } catch (Throwable e) {
            LOG.error("the handler of {} {} failed", known.method(), known.path(), e);
            return PlainAnswers.PANIC;
        }
    }

    private void hand(ApiRequest known, ApiResponse response) {
        boolean zip = wiring.compression && Compression.isWanted(known.headers());
        if (response instanceof Complete complete) {
            Complete shaped = zip ? Compression.whole(complete) : complete;
            if (shaped.length() > PIECEMEAL && !isHead() && !bodiless(shaped.code())) {
                feed(new FeedPump(this, shaped.code(), shaped.headers(), shaped.length(), false), new Pieces(shaped));
            } else {
                loop().execute(() -> sendWhole(shaped));
            }
        } else if (response instanceof Streaming streaming) {
            if (isHead() || bodiless(streaming.code())) {
                streaming.chunks().subscribe(new Unread());
                loop().execute(() -> sendHead(streaming));
            } else if (zip && !streaming.flushEach() && Compression.fits(streaming.headers())) {
                GzipFeed zipped = new GzipFeed(streaming);
                feed(new FeedPump(this, streaming.code(), zipped), zipped);
            } else {
                feed(
                        new FeedPump(this, streaming.code(), streaming.headers(), -1, streaming.flushEach()),
                        streaming.chunks());
            }
        } else if (response instanceof Upgraded upgraded) {
            loop().execute(() -> {
                if (!gone) {
                    guarded(() -> upgrade(upgraded, cancellation));
                }
            });
        }
    }

    private void feed(FeedPump feed, Flow.Publisher<List<ByteBuffer>> source) {
        loop().execute(() -> {
            if (gone) {
                feed.cancel();
            } else {
                pump = feed;
                guarded(feed::attached);
            }
        });
        try {
            source.subscribe(feed);
        } catch (RuntimeException | Error e) {
            feed.onError(e);
        }
    }

    /** Writes a whole answer. */
    final void sendWhole(Complete answer) {
        if (isFinished()) {
            return;
        }
        guarded(() -> {
            boolean silent = isHead() || bodiless(answer.code());
            long length = answer.length();
            send(answer.code(), answer.headers(), silent || length == 0 ? null : Buffers.join(answer.parts()), length);
        });
    }

    private void sendHead(Streaming answer) {
        if (!isFinished()) {
            guarded(() -> send(answer.code(), answer.headers(), null, -1));
        }
    }

    /** Answers that never have a body, nor a length. */
    static boolean bodiless(int code) {
        return code < 200 || code == 204 || code == 304;
    }

    private void guarded(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            LOG.error("an answer could not be written", e);
            abort();
        }
    }

    /** A write is under way; the client is cut off when none of those under way ends for too long. */
    final void watch(ChannelFuture write) {
        if (write.isDone()) {
            return;
        }
        if (unwritten++ == 0) {
            stall.set(wiring.limits.stallTimeout());
        }
        write.addListener(written);
    }

    private void written(ChannelFuture write) {
        if (--unwritten == 0) {
            stall.clear();
        } else {
            stall.set(wiring.limits.stallTimeout());
        }
    }

    private void stalled() {
        LOG.debug("{} takes nothing of its answer and is cut off", channel.remoteAddress());
        gone();
        cutOff();
    }

    /** Ends an answer that the client does not take. */
    void cutOff() {
        abort();
    }

    /** The socket takes more bytes again. */
    final void roomAgain() {
        FeedPump feed = pump;
        if (feed != null) {
            feed.wake();
        }
    }

    /** The answer is complete. */
    final void finish() {
        finished = true;
        pump = null;
    }

    /** Nobody waits for the answer any more: stops what makes it. Does nothing after the answer's end. */
    final void gone() {
        if (gone) {
            return;
        }
        gone = true;
        stall.end();
        if (finished) {
            return;
        }
        FeedPump feed = pump;
        if (feed != null) {
            feed.cancel();
            pump = null;
        }
        background(cancellation::cancel);
    }

    /** The server closes: a stream that would never end by itself ends now, in good order. */
    final void drain() {
        FeedPump feed = pump;
        if (feed != null && feed.isEndless()) {
            feed.endNow();
            background(cancellation::cancel);
        }
    }

    /** Runs on a handler thread what must not hold an event loop up. */
    final void background(Runnable task) {
        try {
            wiring.threads.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.warn("a task of a connection failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("no thread for a task of a connection", e);
        }
    }

    private void release() {
        RequestBody held = body;
        if (held != null) {
            held.release();
            body = null;
        }
    }

    /** Takes nothing of a stream. */
    private static final class Unread implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
