// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.Cancellation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A connection after {@code 101 Switching Protocols}: bytes go both ways between the socket and the server's channel,
 * each way as fast as its reader asks. Reading from the socket stops while the channel asks for nothing.
 */
final class UpgradeBridge extends ChannelInboundHandlerAdapter
        implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
    private static final int WINDOW = 16;

    private final Exchange exchange;
    private final Channel socket;
    private final Flow.Processor<ByteBuffer, ByteBuffer> channel;
    private final Cancellation signal;

    private final Queue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
    private volatile Flow.@Nullable Subscription source;
    private volatile boolean complete;

    // of the event loop
    private final Queue<ByteBuffer> incoming = new ArrayDeque<>();
    private long wanted;
    private long outstanding = WINDOW;
    private boolean delivering;
    private boolean ended;

    UpgradeBridge(Exchange exchange, Flow.Processor<ByteBuffer, ByteBuffer> channel, Cancellation signal) {
        this.exchange = exchange;
        this.socket = exchange.channel;
        this.channel = channel;
        this.signal = signal;
    }

    /** The head was written, and this handler sees what comes. */
    void start() {
        exchange.background(() -> {
            channel.onSubscribe(this);
            channel.subscribe(this);
        });
    }

    // the socket's bytes to the channel

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable() && !ended) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            incoming.add(ByteBuffer.wrap(copy));
        }
        ReferenceCountUtil.release(message);
        deliver();
    }

    @Override
    public void request(long more) {
        exchange.loop().execute(() -> {
            wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
            deliver();
        });
    }

    @Override
    public void cancel() {
        exchange.loop().execute(socket::close);
    }

    private void deliver() {
        if (delivering || ended || wanted == 0) {
            return;
        }
        ByteBuffer next = incoming.poll();
        if (next == null) {
            socket.read();
            return;
        }
        wanted--;
        delivering = true;
        exchange.background(() -> {
            try {
                channel.onNext(next);
            } finally {
                exchange.loop().execute(() -> {
                    delivering = false;
                    deliver();
                });
            }
        });
    }

    // the channel's bytes to the socket

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(WINDOW);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        outgoing.add(bytes);
        exchange.loop().execute(this::pour);
    }

    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        complete = true;
        exchange.loop().execute(this::pour);
    }

    private void pour() {
        if (ended) {
            outgoing.clear();
            return;
        }
        boolean last = complete;
        boolean wrote = false;
        for (ByteBuffer bytes = outgoing.poll(); bytes != null; bytes = outgoing.poll()) {
            outstanding--;
            exchange.watch(socket.write(Unpooled.wrappedBuffer(bytes)));
            wrote = true;
        }
        if (last) {
            socket.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (wrote) {
            socket.flush();
        }
        Flow.Subscription asked = source;
        if (asked != null && socket.isWritable() && outstanding <= WINDOW / 2) {
            long more = WINDOW - outstanding;
            outstanding = WINDOW;
            exchange.background(() -> asked.request(more));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pour();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        Flow.Subscription asked = source;
        exchange.background(() -> {
            signal.cancel();
            if (asked != null) {
                asked.cancel();
            }
            channel.onComplete();
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
