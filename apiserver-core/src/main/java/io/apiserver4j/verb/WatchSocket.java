// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Flow;

/**
 * A watch over a WebSocket (RFC 6455): each event is one message. The client's bytes are looked at for closes and pings only.
 * Java clients watch this way.
 */
final class WatchSocket implements Flow.Processor<ByteBuffer, ByteBuffer> {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int PONG = 0x8a;
    private static final byte[] CLOSE = {(byte) 0x88, 2, 0x03, (byte) 0xe8};
    private static final int LONGEST_CONTROL = 125;

    private final WatchStream stream;
    private final int opcode;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private WatchSocket(WatchStream stream, boolean text) {
        this.stream = stream;
        this.opcode = text ? TEXT : BINARY;
    }

    /** True where the client wants a WebSocket. */
    static boolean isWanted(ApiRequest request) {
        return request.headers().firstOrEmpty("Upgrade").equalsIgnoreCase("websocket")
                && request.headers()
                        .firstOrEmpty("Connection")
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    /** The answer that turns the connection into a WebSocket on which the stream's events are sent. */
    static ApiResponse answer(ApiRequest request, WatchStream stream, boolean text) {
        Headers headers = Headers.of(
                "Upgrade",
                "websocket",
                "Connection",
                "Upgrade",
                "Sec-WebSocket-Accept",
                accept(request.headers().firstOrEmpty("Sec-WebSocket-Key")));
        return new ApiResponse.Upgraded(101, headers, new WatchSocket(stream, text));
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> socket) {
        stream.subscribe(new Flow.Subscriber<List<ByteBuffer>>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                socket.onSubscribe(subscription);
            }

            @Override
            public void onNext(List<ByteBuffer> frames) {
                socket.onNext(messages(frames));
            }

            @Override
            public void onError(Throwable failure) {
                socket.onError(failure);
            }

            @Override
            public void onComplete() {
                socket.onNext(ByteBuffer.wrap(CLOSE));
                socket.onComplete();
            }
        });
    }

    private ByteBuffer messages(List<ByteBuffer> frames) {
        int size = 0;
        for (ByteBuffer frame : frames) {
            size += frame.remaining() + 10;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (ByteBuffer frame : frames) {
            ByteBuffer body = frame.duplicate();
            if (body.hasRemaining() && (body.get(body.position()) & 0xff) == PONG) {
                out.put(body); // an answer to a ping, framed already
                continue;
            }
            if (opcode == TEXT && body.get(body.limit() - 1) == '\n') {
                body.limit(body.limit() - 1);
            }
            out.put((byte) opcode);
            int length = body.remaining();
            if (length < 126) {
                out.put((byte) length);
            } else if (length < 1 << 16) {
                out.put((byte) 126).putShort((short) length);
            } else {
                out.put((byte) 127).putLong(length);
            }
            out.put(body);
        }
        return out.flip();
    }

    @Override
    public void onSubscribe(Flow.Subscription socket) {
        socket.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            received.write(bytes.get());
        }
        byte[] all = received.toByteArray();
        int at = 0;
        while (true) {
            int end = handle(all, at);
            if (end < 0) {
                break;
            }
            at = end;
        }
        received.reset();
        received.write(all, at, all.length - at);
    }

    /** Looks at the client's frame that begins there; -1 where it is not all there yet. */
    private int handle(byte[] bytes, int start) {
        if (bytes.length - start < 2) {
            return -1;
        }
        int kind = bytes[start] & 0x0f;
        boolean masked = (bytes[start + 1] & 0x80) != 0;
        int length = bytes[start + 1] & 0x7f;
        if (length > LONGEST_CONTROL) { // watches are told nothing longer
            stream.finish();
            return bytes.length;
        }
        int body = start + 2 + (masked ? 4 : 0);
        if (bytes.length < body + length) {
            return -1;
        }
        if (kind == 0x8) {
            stream.finish();
        } else if (kind == 0x9) {
            byte[] pong = new byte[2 + length];
            pong[0] = (byte) PONG;
            pong[1] = (byte) length;
            for (int i = 0; i < length; i++) {
                pong[2 + i] = (byte) (bytes[body + i] ^ (masked ? bytes[start + 2 + i % 4] : 0));
            }
            stream.control(ByteBuffer.wrap(pong));
        }
        return body + length;
    }

    @Override
    public void onError(Throwable failure) {
        stream.cancel();
    }

    @Override
    public void onComplete() {
        stream.cancel();
    }
}
