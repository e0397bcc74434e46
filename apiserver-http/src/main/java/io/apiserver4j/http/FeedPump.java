// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.Headers;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a pushed body to the socket. It asks for as much as the socket takes: while the client does not read, nothing is
 * asked for, which the publisher sees. Groups that arrive while the event loop is busy leave with one flush. The
 * publisher is asked on handler threads, since it may answer on the spot; it may deliver from any thread.
 */
final class FeedPump implements Flow.Subscriber<List<ByteBuffer>>, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedPump.class);
    private static final int PIECE = 64 * 1024;
    private static final int ENDLESS_WINDOW = 64;
    private static final int FIRST_WINDOW = 4;
    private static final int MOST = 1024;
    private static final long WINDOW_BYTES = 512 * 1024;

    private final Exchange exchange;
    private final int code;
    private final Headers headers;
    private final @Nullable GzipFeed zipped;
    private final long length;
    private final boolean endless;

    private final Queue<List<ByteBuffer>> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;

    // of the event loop
    private boolean attached;
    private boolean begun;
    private boolean ended;
    private long outstanding;
    private long groups;
    private long bytes;

    /**
     * A body whose headers are known.
     *
     * @param length the body's length, -1 where it is not known
     * @param endless true for watches, which never end by themselves and whose head must leave at once
     */
    FeedPump(Exchange exchange, int code, Headers headers, long length, boolean endless) {
        this(exchange, code, headers, length, endless, null);
    }

    /** A body that may be compressed, which shows only when its first bytes are there. */
    FeedPump(Exchange exchange, int code, GzipFeed zipped) {
        this(exchange, code, Headers.NONE, -1, false, zipped);
    }

    private FeedPump(
            Exchange exchange, int code, Headers headers, long length, boolean endless, @Nullable GzipFeed zipped) {
        this.exchange = exchange;
        this.code = code;
        this.headers = headers;
        this.length = length;
        this.endless = endless;
        this.zipped = zipped;
        this.outstanding = window();
    }

    boolean isEndless() {
        return endless;
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        if (subscription != null) {
            made.cancel();
            return;
        }
        long first = window();
        subscription = made;
        if (cancelled) {
            made.cancel();
        } else {
            made.request(first);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> group) {
        if (!cancelled) {
            arrived.add(group);
            wake();
        }
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        wake();
    }

    @Override
    public void onComplete() {
        complete = true;
        wake();
    }

    /** Looks soon whether there is something to do. From any thread. */
    void wake() {
        if (!woken.get() && woken.compareAndSet(false, true)) {
            exchange.loop().execute(this);
        }
    }

    /** The exchange is ready to write. */
    void attached() {
        attached = true;
        if (endless) {
            begin();
            exchange.channel.flush();
        }
        run();
    }

    @Override
    public void run() {
        woken.set(false);
        if (!attached || ended) {
            return;
        }
        boolean last = complete;
        Throwable cause = failure;
        try {
            boolean wrote = pour();
            if (cause != null) {
                fail(cause);
            } else if (last) {
                begin();
                ended = true;
                exchange.end();
            } else {
                if (wrote) {
                    exchange.channel.flush();
                }
                ask();
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private boolean pour() {
        boolean wrote = false;
        List<ByteBuffer> group = arrived.poll();
        while (group != null) {
            outstanding--;
            groups++;
            if (!group.isEmpty()) {
                begin();
                write(Buffers.join(group));
                wrote = true;
            }
            group = arrived.poll();
        }
        return wrote;
    }

    private void write(ByteBuf joined) {
        bytes += joined.readableBytes();
        while (joined.readableBytes() > PIECE + PIECE / 2) {
            exchange.write(joined.readRetainedSlice(PIECE));
        }
        exchange.write(joined);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            exchange.begin(code, zipped == null ? headers : zipped.headers(), length);
        }
    }

    private void ask() {
        if (!exchange.writable()) {
            return;
        }
        long window = window();
        Flow.Subscription source = subscription;
        if (source != null && outstanding <= window / 2) {
            long more = window - outstanding;
            outstanding = window;
            exchange.background(() -> source.request(more));
        }
    }

    private long window() {
        if (endless) {
            return ENDLESS_WINDOW;
        }
        return bytes == 0 ? FIRST_WINDOW : Math.max(2, Math.min(MOST, WINDOW_BYTES * groups / bytes));
    }

    private void fail(Throwable cause) {
        LOG.warn("a streaming answer ended too early", cause);
        boolean said = begun;
        cancel();
        if (said) {
            exchange.abort();
        } else {
            exchange.sendWhole(PlainAnswers.PANIC);
        }
    }

    /** Takes no more of the publisher. On the event loop. */
    void cancel() {
        ended = true;
        cancelled = true;
        arrived.clear();
        Flow.Subscription source = subscription;
        if (source != null) {
            exchange.background(source::cancel);
        }
    }

    /** Ends the body here, as if the publisher had. On the event loop. */
    void endNow() {
        if (!ended) {
            begin();
            cancel();
            exchange.end();
        }
    }
}
