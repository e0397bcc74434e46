// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that speaks HTTP/2: its streams, its idle time and its end. On its event loop only. */
final class Http2Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
    private static final int STREAM_WINDOW = 256 * 1024;
    private static final int CONNECTION_WINDOW = 1024 * 1024;
    private static final int DEFAULT_WINDOW = 65535;
    private static final long LAST_WORDS_SECONDS = 5;

    private final Wiring wiring;
    private final Connection connection;
    private final ChannelHandlerContext channel;
    private final Deadline idle;
    private final Set<Http2Exchange> open = new HashSet<>();
    private final AtomicInteger running = new AtomicInteger();
    private boolean last;
    private boolean closing;

    private Http2Connection(Wiring wiring, Connection connection, ChannelHandlerContext alpn) {
        this.wiring = wiring;
        this.connection = connection;
        this.channel = alpn;
        this.idle = new Deadline(alpn.channel().eventLoop(), this::close);
    }

    /** Makes the pipeline of a context speak HTTP/2 from here on. */
    static void install(Wiring wiring, Connection connection, ChannelHandlerContext alpn) {
        Http2Connection made = new Http2Connection(wiring, connection, alpn);
        ConnectionLimits limits = wiring.limits;
        alpn.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(Http2Settings.defaultSettings()
                                        .maxConcurrentStreams(limits.streams())
                                        .initialWindowSize(STREAM_WINDOW)
                                        .maxHeaderListSize(limits.headerBytes()))
                                .decoderEnforceMaxRstFramesPerWindow(limits.resets(), 30)
                                .gracefulShutdownTimeoutMillis(TimeUnit.SECONDS.toMillis(LAST_WORDS_SECONDS))
                                .build(),
                        new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                Http2Exchange.install(wiring, stream, made);
                            }
                        }),
                        made);
        alpn.channel().write(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - DEFAULT_WINDOW));
        connection.onDrain(made::drain);
        made.idle.set(limits.headerTimeout());
    }

    Peer peer() {
        return connection.peer();
    }

    void opened(Http2Exchange exchange) {
        open.add(exchange);
        idle.clear();
    }

    void closed(Http2Exchange exchange) {
        open.remove(exchange);
        if (open.isEmpty()) {
            if (last || wiring.isDraining()) {
                close();
            } else {
                idle.set(wiring.limits.idleTimeout());
            }
        }
    }

    /**
     * A handler is about to start; false where those of streams that the client reset already are so many that it can
     * only mean harm. The connection is closed then.
     */
    boolean starting() {
        if (running.incrementAndGet() <= 4 * wiring.limits.streams()) {
            return true;
        }
        running.decrementAndGet();
        LOG.debug(
                "{} resets its requests faster than they are handled",
                channel.channel().remoteAddress());
        channel.channel().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM));
        close();
        return false;
    }

    /** A handler is done. From any thread. */
    void handled() {
        running.decrementAndGet();
    }

    /** Takes no more streams, and closes when those that are open are done. */
    void lastStream() {
        if (!last) {
            last = true;
            channel.channel().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }
    }

    /** Closes the socket at once. */
    void cut() {
        connection.cut();
    }

    /**
     * Lets open streams end before it says goodbye: the JDK's client drops all it has at that word. A client that opens
     * one more hears it at once.
     */
    private void drain() {
        if (open.isEmpty()) {
            close();
        } else {
            new ArrayList<>(open).forEach(Exchange::drain);
        }
    }

    private void close() {
        if (!closing) {
            closing = true;
            connection.close();
            channel.channel().eventLoop().schedule(this::cut, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        idle.end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection of {} failed", ctx.channel().remoteAddress(), cause);
        if (!(cause instanceof Http2Exception)) { // after which the codec itself says why it goes
            ctx.close();
        }
    }
}
