// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that speaks HTTP/1: one request at a time, those sent ahead wait; reads heads and bodies within their
 * times and sizes, and answers what can't be read as Go's net/http does. On its event loop only.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /** How long a client that is still sending may go on, so that it sees the answer and not a broken connection. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private enum Phase {
        IDLE,
        HEAD,
        BODY,
        ANSWER,
        CLOSING
    }

    private final Wiring wiring;
    private final Connection connection;
    private final ChannelHandlerContext channel;
    private final HttpRequestDecoder decoder;
    private final HttpResponseEncoder encoder = new HttpResponseEncoder();
    private final FirstByte firstByte = new FirstByte();
    private final Deadline deadline;
    private final Queue<Object> ahead = new ArrayDeque<>();

    private Phase phase = Phase.HEAD;
    private boolean skipping;
    private @Nullable Http1Exchange current;
    private @Nullable RequestBody body;
    private @Nullable ApiRequest head;

    private Http1Connection(Wiring wiring, Connection connection, ChannelHandlerContext alpn) {
        this.wiring = wiring;
        this.connection = connection;
        this.channel = alpn;
        this.deadline = new Deadline(alpn.channel().eventLoop(), this::late);
        int most = wiring.limits.headerBytes() + 4096; // Go allows as much beside the headers
        this.decoder = new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(most)
                .setMaxHeaderSize(most)
                .setMaxChunkSize(64 * 1024));
    }

    /** Makes the pipeline of a context speak HTTP/1 from here on. */
    static void install(Wiring wiring, Connection connection, ChannelHandlerContext alpn) {
        Http1Connection made = new Http1Connection(wiring, connection, alpn);
        alpn.pipeline().addLast(made.firstByte, made.encoder, made.decoder, made);
        connection.onDrain(made::drain);
        made.deadline.set(wiring.limits.headerTimeout());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (phase == Phase.CLOSING) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.ANSWER && !skipping) {
            ahead.add(message);
            ctx.channel().config().setAutoRead(false);
        } else {
            accept(message);
        }
    }

    private void accept(Object message) {
        try {
            if (skipping) {
                skipping = !(message instanceof LastHttpContent);
            } else if (message instanceof HttpRequest request) {
                head(request);
            } else if (message instanceof HttpContent content) {
                content(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(HttpRequest request) {
        String refusal = refusal(request);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        String method = request.method().name();
        RequestTarget target = RequestTarget.parse(method, RequestTarget.utf8(request.uri()));
        if (target == null) {
            refuse("400 Bad Request");
            return;
        }
        boolean old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        Http1Exchange exchange = new Http1Exchange(wiring, channel.channel(), this, old, HttpUtil.isKeepAlive(request));
        current = exchange;
        phase = Phase.BODY;
        deadline.set(wiring.limits.bodyTimeout());
        long length = HttpUtil.getContentLength(request, -1L);
        String expected = request.headers().get(HttpHeaderNames.EXPECT);
        if (expected != null && !expected.isEmpty()) {
            if (!expected.toLowerCase(Locale.ROOT).contains("100-continue")) {
                exchange.lastOne();
                skipping = true;
                phase = Phase.ANSWER;
                exchange.sendWhole(PlainAnswers.EXPECTATION_FAILED);
                return;
            }
            if (!old && (length > 0 || HttpUtil.isTransferEncodingChunked(request))) {
                channel.channel()
                        .writeAndFlush(new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            }
        }
        body = new RequestBody(wiring, length);
        head = new ApiRequest(
                method,
                target.path(),
                target.query(),
                headers(request, target.authority()),
                new byte[0],
                connection.peer(),
                false);
    }

    /** Why a head can't be answered by the server, as the status line says it; null where it can. */
    private static @Nullable String refusal(HttpRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            return "501 Not Implemented: unsupported transfer encoding";
        }
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
                    ? "431 Request Header Fields Too Large"
                    : "400 Bad Request";
        }
        HttpVersion version = request.protocolVersion();
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            return "505 HTTP Version Not Supported: unsupported protocol version";
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            return "400 Bad Request: too many Host headers";
        }
        if (hosts.isEmpty()
                && version.minorVersion() > 0
                && !request.method().name().equals("CONNECT")) {
            return "400 Bad Request: missing required Host header";
        }
        return null;
    }

    private static Headers headers(HttpRequest request, @Nullable String authority) {
        Headers.Builder out = Headers.builder();
        for (Map.Entry<String, String> field : request.headers()) {
            if (authority == null || !field.getKey().equalsIgnoreCase("host")) {
                out.add(field.getKey(), RequestTarget.utf8(field.getValue()));
            }
        }
        if (authority != null) {
            out.add("host", authority);
        }
        return out.build();
    }

    private void content(HttpContent content) {
        RequestBody arriving = body;
        Http1Exchange exchange = current;
        ApiRequest known = head;
        if (arriving == null || exchange == null || known == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse("400 Bad Request");
            return;
        }
        boolean last = content instanceof LastHttpContent;
        boolean held = arriving.add(content.content());
        if (!last && held && !arriving.isTooLarge()) {
            return;
        }
        phase = Phase.ANSWER;
        deadline.clear();
        body = null;
        head = null;
        if (!last) {
            skipping = true;
            exchange.lastOne();
        }
        if (known.path().equals("*") && known.method().equals("OPTIONS")) {
            arriving.release();
            exchange.sendWhole(PlainAnswers.NOTHING); // Go's server answers this one itself
        } else if (held) {
            exchange.dispatch(
                    new ApiRequest(
                            known.method(),
                            known.path(),
                            known.query(),
                            known.headers(),
                            arriving.take(),
                            known.peer(),
                            false),
                    arriving);
        } else {
            arriving.release();
            exchange.sendWhole(PlainAnswers.TOO_MANY);
        }
    }

    /** Answers what can't be read, and closes. */
    private void refuse(String status) {
        ChannelHandlerContext beforeEncoder = channel.pipeline().context(firstByte);
        phase = Phase.CLOSING;
        skipping = true;
        beforeEncoder
                .writeAndFlush(Unpooled.wrappedBuffer(PlainAnswers.unreadable(status)))
                .addListener(written -> close());
    }

    /** The end of an answer was written; the next request waits until the client took it. */
    void answered(ChannelFuture end, boolean keepAlive) {
        if (end.isDone()) {
            next(keepAlive && end.isSuccess());
        } else {
            end.addListener(done -> next(keepAlive && done.isSuccess()));
        }
    }

    private void next(boolean keepAlive) {
        if (phase == Phase.CLOSING) {
            return;
        }
        current = null;
        if (!keepAlive || wiring.isDraining()) {
            close();
            return;
        }
        phase = Phase.IDLE;
        deadline.set(wiring.limits.idleTimeout());
        while (phase != Phase.ANSWER && phase != Phase.CLOSING && !ahead.isEmpty()) {
            accept(ahead.remove());
        }
        if (ahead.isEmpty() && phase != Phase.CLOSING) {
            channel.channel().config().setAutoRead(true);
        }
    }

    private void close() {
        phase = Phase.CLOSING;
        if (skipping) { // closing now would break off what the client sends, and with it what it reads
            channel.channel().config().setAutoRead(true);
            connection.closeOutput();
            deadline.set(LINGER);
        } else {
            channel.close();
        }
    }

    /** Closes at once. */
    void cut() {
        phase = Phase.CLOSING;
        connection.cut();
    }

    /** Hands the connection to another protocol. */
    void upgrade(FullHttpResponse head, UpgradeBridge bridge) {
        phase = Phase.CLOSING;
        deadline.end();
        current = null;
        channel.channel().config().setAutoRead(false);
        channel.channel().writeAndFlush(head);
        connection.onDrain(connection::close);
        channel.pipeline().addLast(bridge);
        channel.pipeline().remove(this);
        channel.pipeline().remove(firstByte);
        channel.pipeline().remove(encoder);
        channel.pipeline().remove(decoder); // what the client sent already goes to the bridge
        drop();
        bridge.start();
    }

    private void late() {
        Http1Exchange exchange = current;
        if (phase == Phase.BODY && exchange != null) {
            phase = Phase.ANSWER;
            skipping = true;
            drop();
            exchange.lastOne();
            exchange.sendWhole(PlainAnswers.TIMEOUT);
        } else if (phase != Phase.ANSWER) {
            phase = Phase.CLOSING;
            connection.close();
        }
    }

    private void drain() {
        Http1Exchange exchange = current;
        if (exchange != null) {
            exchange.drain();
        } else if (phase == Phase.IDLE || phase == Phase.HEAD) {
            phase = Phase.CLOSING;
            connection.close();
        }
    }

    private void drop() {
        RequestBody arriving = body;
        if (arriving != null) {
            arriving.release();
            body = null;
        }
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSING;
        deadline.end();
        drop();
        Http1Exchange exchange = current;
        if (exchange != null) {
            exchange.gone();
            current = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Http1Exchange exchange = current;
        if (exchange != null) {
            exchange.roomAgain();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection of {} failed", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }

    /** Sees the first byte of a request, from which on its head must be there in time. */
    private final class FirstByte extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (phase == Phase.IDLE && message instanceof ByteBuf) {
                phase = Phase.HEAD;
                deadline.set(wiring.limits.headerTimeout());
            }
            ctx.fireChannelRead(message);
        }
    }
}
