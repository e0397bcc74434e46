// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up each accepted connection: TLS where the server has it, then the protocol that both sides speak. */
final class Pipeline extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Wiring wiring;
    private final @Nullable SslContext tls;

    Pipeline(Wiring wiring, @Nullable SslContext tls) {
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
        ChannelPipeline pipeline = channel.pipeline();
        SslContext context = tls;
        if (context == null) {
            pipeline.addLast(consolidation(), new FirstBytes.ClearText(wiring, connection));
            return;
        }
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(wiring.limits.headerTimeout().toMillis());
        pipeline.addLast(new FirstBytes.NotTls(), handler, consolidation(), new Negotiated(connection));
    }

    private static FlushConsolidationHandler consolidation() {
        return new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
    }

    /** Waits for the handshake's choice of protocol. */
    private final class Negotiated extends ApplicationProtocolNegotiationHandler {
        private final Connection connection;

        Negotiated(Connection connection) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.connection = connection;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Http2Connection.install(wiring, connection, ctx);
            } else {
                Http1Connection.install(wiring, connection, ctx);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("TLS handshake error from {}: {}", ctx.channel().remoteAddress(), cause.toString());
            ctx.close();
        }

        @Override
        @SuppressWarnings("deprecation") // Netty's handler does not deprecate it
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("connection of {} failed: {}", ctx.channel().remoteAddress(), cause.toString());
            ctx.close();
        }
    }
}
