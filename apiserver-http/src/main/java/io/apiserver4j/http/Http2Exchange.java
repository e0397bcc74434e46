// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse.Upgraded;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request and its answer over one stream of HTTP/2. */
final class Http2Exchange extends Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Exchange.class);
    private static final AsciiString DATE = AsciiString.cached("date");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

    private final Http2Connection connection;
    private @Nullable ApiRequest head;
    private @Nullable RequestBody body;
    private @Nullable Deadline deadline;
    private boolean requestEnded;

    private Http2Exchange(Wiring wiring, Channel stream, Http2Connection connection) {
        super(wiring, stream);
        this.connection = connection;
    }

    /** Makes a new stream speak to the server. */
    static void install(Wiring wiring, Channel stream, Http2Connection connection) {
        stream.config().setWriteBufferWaterMark(EventLoops.MARKS);
        Http2Exchange exchange = new Http2Exchange(wiring, stream, connection);
        stream.pipeline().addLast(exchange.new Stream());
        connection.opened(exchange);
    }

    private void headers(Http2HeadersFrame frame) {
        requestEnded = frame.isEndStream();
        ApiRequest known = head;
        if (known != null) {
            if (requestEnded) {
                complete(known); // trailers, which nobody reads
            }
            return;
        }
        if (body != null || isFinished()) {
            return;
        }
        if (wiring.isDraining()) {
            connection.lastStream();
            reset(Http2Error.REFUSED_STREAM); // so the client knows that it may ask elsewhere
            return;
        }
        ApiRequest read = read(frame.headers());
        if (read == null) {
            reset(Http2Error.PROTOCOL_ERROR);
            return;
        }
        if (requestEnded) {
            start(read, null);
            return;
        }
        head = read;
        body = new RequestBody(wiring, announced(read.headers()));
        Deadline patience = new Deadline(loop(), this::late);
        patience.set(wiring.limits.bodyTimeout());
        deadline = patience;
    }

    private @Nullable ApiRequest read(Http2Headers fields) {
        CharSequence method = fields.method();
        CharSequence path = fields.path();
        CharSequence authority = fields.authority();
        if (method == null || method.length() == 0) {
            return null;
        }
        boolean connect = method.toString().equals("CONNECT");
        if (path == null && !connect) {
            return null;
        }
        String raw = path == null ? String.valueOf(authority) : path.toString();
        RequestTarget target = RequestTarget.parse(method.toString(), RequestTarget.utf8(raw));
        if (target == null) {
            return null;
        }
        Headers.Builder out = Headers.builder();
        StringBuilder cookies = null;
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            CharSequence name = field.getKey();
            if (name.length() == 0 || name.charAt(0) == ':') {
                continue;
            }
            String value = RequestTarget.utf8(field.getValue().toString());
            if (AsciiString.contentEquals(name, "cookie")) {
                cookies = cookies == null
                        ? new StringBuilder(value)
                        : cookies.append("; ").append(value);
            } else if (authority == null || !AsciiString.contentEquals(name, "host")) {
                out.add(name.toString(), value);
            }
        }
        if (cookies != null) {
            out.add("cookie", cookies.toString());
        }
        if (authority != null) {
            out.add("host", authority.toString());
        }
        return new ApiRequest(
                method.toString(), target.path(), target.query(), out.build(), new byte[0], connection.peer(), true);
    }

    private static long announced(Headers headers) {
        String length = headers.first("content-length");
        if (length == null) {
            return -1;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void data(Http2DataFrame frame) {
        requestEnded |= frame.isEndStream();
        ApiRequest known = head;
        RequestBody arriving = body;
        if (known == null || arriving == null) {
            return;
        }
        if (!arriving.add(frame.content())) {
            forget();
            sendWhole(PlainAnswers.TOO_MANY);
        } else if (requestEnded || arriving.isTooLarge()) {
            complete(known);
        }
    }

    private void complete(ApiRequest known) {
        RequestBody arrived = body;
        if (arrived == null) {
            return;
        }
        byte[] bytes = arrived.take();
        body = null;
        forget();
        start(
                new ApiRequest(known.method(), known.path(), known.query(), known.headers(), bytes, known.peer(), true),
                arrived);
    }

    private void start(ApiRequest request, @Nullable RequestBody held) {
        if (connection.starting()) {
            dispatch(request, held);
        } else if (held != null) {
            held.release();
        }
    }

    private void late() {
        if (body != null) {
            forget();
            sendWhole(PlainAnswers.TIMEOUT);
        }
    }

    private void forget() {
        head = null;
        RequestBody arriving = body;
        if (arriving != null) {
            arriving.release();
            body = null;
        }
        Deadline patience = deadline;
        if (patience != null) {
            patience.end();
            deadline = null;
        }
    }

    @Override
    void handled() {
        connection.handled();
    }

    @Override
    void send(int code, Headers headers, @Nullable ByteBuf content, long length) {
        Http2Headers fields = fields(code, headers);
        if (!bodiless(code) && length >= 0) {
            fields.set(CONTENT_LENGTH, Long.toString(length));
        }
        ChannelFuture last = channel.write(new DefaultHttp2HeadersFrame(fields, content == null));
        if (content != null) {
            last = channel.write(new DefaultHttp2DataFrame(content, true));
        }
        ended(last);
    }

    @Override
    void begin(int code, Headers headers, long length) {
        Http2Headers fields = fields(code, headers);
        if (length >= 0) {
            fields.set(CONTENT_LENGTH, Long.toString(length));
        }
        watch(channel.write(new DefaultHttp2HeadersFrame(fields, false)));
    }

    @Override
    void write(ByteBuf piece) {
        watch(channel.write(new DefaultHttp2DataFrame(piece, false)));
    }

    @Override
    void end() {
        ended(channel.write(new DefaultHttp2DataFrame(true)));
    }

    private void ended(ChannelFuture last) {
        finish();
        watch(last);
        if (!requestEnded) { // the rest of the request is not wanted; said after the answer, which it would cut
            last.addListener(written -> channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)));
        }
        channel.flush();
    }

    @Override
    void abort() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    @Override
    void cutOff() {
        Channel parent = channel.parent();
        if (parent.isWritable()) {
            reset(Http2Error.CANCEL);
        } else {
            connection.cut(); // it is not this stream alone: the whole connection takes nothing
        }
    }

    private void reset(Http2Error error) {
        finish();
        channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
    }

    @Override
    void upgrade(Upgraded answer, Cancellation signal) {
        background(signal::cancel);
        sendWhole(PlainAnswers.NO_UPGRADE);
    }

    private Http2Headers fields(int code, Headers headers) {
        Http2Headers fields = new DefaultHttp2Headers(false, 16);
        fields.status(Integer.toString(code));
        headers.forEach((name, value) -> {
            if (!FieldNames.ofConnection(name)) {
                fields.add(name, FieldNames.value(value));
            } else if (name.equals("connection") && value.equalsIgnoreCase("close")) {
                connection.lastStream();
            }
        });
        fields.set(DATE, HttpDate.now());
        return fields;
    }

    /** What happens on the stream. */
    private final class Stream extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof Http2DataFrame frame) {
                    data(frame);
                } else if (message instanceof Http2HeadersFrame frame) {
                    headers(frame);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            forget();
            gone();
            connection.closed(Http2Exchange.this);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            roomAgain();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("stream of {} failed", ctx.channel().remoteAddress(), cause);
            ctx.close();
        }
    }
}
