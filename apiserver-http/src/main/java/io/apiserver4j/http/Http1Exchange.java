// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiResponse.Upgraded;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request and its answer over HTTP/1. */
final class Http1Exchange extends Exchange {
    private static final AsciiString DATE = AsciiString.cached("Date");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("Transfer-Encoding");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");

    private final Http1Connection connection;
    private final boolean old;
    private boolean keepAlive;

    /**
     * An exchange.
     *
     * @param old true for HTTP/1.0
     * @param keepAlive whether the client takes more answers over this connection
     */
    Http1Exchange(Wiring wiring, Channel channel, Http1Connection connection, boolean old, boolean keepAlive) {
        super(wiring, channel);
        this.connection = connection;
        this.old = old;
        this.keepAlive = keepAlive;
    }

    /** The connection can't be used after this answer. */
    void lastOne() {
        keepAlive = false;
    }

    @Override
    void send(int code, Headers headers, @Nullable ByteBuf content, long length) {
        HttpHeaders fields = fields(headers);
        if (!bodiless(code) && length >= 0) {
            fields.set(CONTENT_LENGTH, Long.toString(length));
        }
        connection(fields);
        ended(channel.writeAndFlush(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(code),
                content == null ? Unpooled.EMPTY_BUFFER : content,
                fields,
                EmptyHttpHeaders.INSTANCE)));
    }

    @Override
    void begin(int code, Headers headers, long length) {
        HttpHeaders fields = fields(headers);
        if (length >= 0) {
            fields.set(CONTENT_LENGTH, Long.toString(length));
        } else if (old) {
            keepAlive = false; // only the end of the connection tells the end of the body
        } else {
            fields.set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        connection(fields);
        watch(channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), fields)));
    }

    @Override
    void write(ByteBuf piece) {
        watch(channel.write(new DefaultHttpContent(piece)));
    }

    @Override
    void end() {
        ended(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    }

    @Override
    void abort() {
        finish();
        connection.cut();
    }

    @Override
    void upgrade(Upgraded answer, Cancellation signal) {
        HttpHeaders fields = new DefaultHttpHeaders(false);
        answer.headers().forEach((name, value) -> fields.add(FieldNames.canonical(name), FieldNames.value(value)));
        if (!fields.contains(CONNECTION)) {
            fields.set(CONNECTION, "Upgrade");
        }
        finish();
        connection.upgrade(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.code()),
                        Unpooled.EMPTY_BUFFER,
                        fields,
                        EmptyHttpHeaders.INSTANCE),
                new UpgradeBridge(this, answer.channel(), signal));
    }

    private void ended(ChannelFuture last) {
        watch(last);
        finish();
        connection.answered(last, keepAlive);
    }

    private HttpHeaders fields(Headers headers) {
        HttpHeaders fields = new DefaultHttpHeaders(false);
        headers.forEach((name, value) -> {
            if (!FieldNames.ofConnection(name)) {
                fields.add(FieldNames.canonical(name), FieldNames.value(value));
            }
        });
        if (headers.firstOrEmpty("connection").toLowerCase(Locale.ROOT).contains("close")) {
            keepAlive = false;
        }
        fields.set(DATE, HttpDate.now());
        return fields;
    }

    private void connection(HttpHeaders fields) {
        keepAlive &= !wiring.isDraining();
        if (!keepAlive) {
            fields.set(CONNECTION, HttpHeaderValues.CLOSE);
        } else if (old) {
            fields.set(CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }
}
