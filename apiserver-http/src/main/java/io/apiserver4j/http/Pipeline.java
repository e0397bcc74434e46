// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up each accepted connection: TLS where the server has it, then the protocol that both sides speak. */
final class Pipeline extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** How soon a silent peer is asked whether it still lives; systems that can't be told so ask at their own pace. */
    private static final int KEEP_ALIVE_SECONDS = 180;

    private static final ChannelOption<Integer> KEEP_ALIVE_IDLE =
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
    private static final ChannelOption<Integer> KEEP_ALIVE_INTERVAL =
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL);

    private final Wiring wiring;
    private final @Nullable TlsEngines tls;

    Pipeline(Wiring wiring, @Nullable TlsEngines tls) {
        this.wiring = wiring;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        Connection connection = new Connection(channel);
        if (!wiring.isDraining()) {
            wiring.connections.add(connection);
            channel.closeFuture().addListener(closed -> wiring.closed(connection));
        }
        if (wiring.isDraining()) { // which may have begun between the two
            channel.close();
            return;
        }
        channel.config().setOption(KEEP_ALIVE_IDLE, KEEP_ALIVE_SECONDS);
        channel.config().setOption(KEEP_ALIVE_INTERVAL, KEEP_ALIVE_SECONDS);
        ChannelPipeline pipeline = channel.pipeline();
        TlsEngines engines = tls;
        if (engines == null) {
            pipeline.addLast(consolidation(), new FirstBytes.ClearText(wiring, connection));
            return;
        }
        SslHandler handler = new SslHandler(engines.next());
        handler.setHandshakeTimeoutMillis(wiring.limits.headerTimeout().toMillis());
        pipeline.addLast(new FirstBytes.NotTls(), handler, consolidation(), new Negotiated(connection, handler));
    }

    private static FlushConsolidationHandler consolidation() {
        return new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
    }

    /** Waits for the handshake, and then speaks the protocol that it chose. */
    private final class Negotiated extends ChannelInboundHandlerAdapter {
        private final Connection connection;
        private final SslHandler handler;

        Negotiated(Connection connection, SslHandler handler) {
            this.connection = connection;
            this.handler = handler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
                ctx.fireUserEventTriggered(event);
            } else if (!handshake.isSuccess()) {
                LOG.debug(
                        "TLS handshake error from {}: {}",
                        ctx.channel().remoteAddress(),
                        String.valueOf(handshake.cause()));
                ctx.close();
            } else {
                if (TlsEngines.HTTP_2.equals(handler.engine().getApplicationProtocol())) {
                    Http2Connection.install(wiring, connection, ctx);
                } else {
                    Http1Connection.install(wiring, connection, ctx);
                }
                ctx.pipeline().remove(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("connection of {} failed: {}", ctx.channel().remoteAddress(), cause.toString());
            ctx.close();
        }
    }
}
