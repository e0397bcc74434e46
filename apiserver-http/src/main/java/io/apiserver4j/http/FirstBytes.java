// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a connection's first bytes tell about it. */
final class FirstBytes {
    private FirstBytes() {}

    /** Clear text: HTTP/2 by its preface ("prior knowledge"), otherwise HTTP/1. */
    static final class ClearText extends ByteToMessageDecoder {
        private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final Wiring wiring;
        private final Connection connection;
        private final Deadline deadline;

        ClearText(Wiring wiring, Connection connection) {
            this.wiring = wiring;
            this.connection = connection;
            this.deadline = new Deadline(connection.loop(), connection::close);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            deadline.set(wiring.limits.headerTimeout());
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            int known = Math.min(in.readableBytes(), PREFACE.length);
            for (int i = 0; i < known; i++) {
                if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                    Http1Connection.install(wiring, connection, ctx);
                    ctx.pipeline().remove(this);
                    return;
                }
            }
            if (known == PREFACE.length) {
                Http2Connection.install(wiring, connection, ctx);
                ctx.pipeline().remove(this);
            }
        }

        @Override
        protected void handlerRemoved0(ChannelHandlerContext ctx) {
            deadline.end();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** TLS: who speaks HTTP in clear text to this port is told so, in the words of Go's net/http. */
    static final class NotTls extends ChannelInboundHandlerAdapter {
        private static final String[] STARTS = {"GET /", "HEAD ", "POST ", "PUT /", "OPTIO"};
        private static final byte[] ANSWER =
                "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
                        .getBytes(StandardCharsets.US_ASCII);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes && isHttp(bytes)) {
                ReferenceCountUtil.release(message);
                ctx.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(close -> {
                    ctx.close();
                });
                return;
            }
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(message);
        }

        private static boolean isHttp(ByteBuf bytes) {
            if (bytes.readableBytes() < 5) {
                return false;
            }
            String start = bytes.toString(bytes.readerIndex(), 5, StandardCharsets.US_ASCII);
            for (String known : STARTS) {
                if (known.equals(start)) {
                    return true;
                }
            }
            return false;
        }
    }
}
