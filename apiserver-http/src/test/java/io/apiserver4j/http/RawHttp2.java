// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client that writes frames of HTTP/2 by hand, over clear text. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    final RawSocket raw;
    private final DataInputStream in;

    record Frame(int type, int flags, int stream, byte[] payload) {
        /** The error code of RST_STREAM or GOAWAY. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    RawHttp2(HttpServer server) throws IOException {
        raw = new RawSocket(server);
        in = new DataInputStream(raw.socket.getInputStream());
        raw.send(PREFACE);
        send(SETTINGS, 0, 0, new byte[0]);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        raw.send(frame(type, flags, stream, payload));
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Opens a stream with a request without a body. */
    void get(int stream, String path) throws IOException {
        send(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", path));
    }

    /** A head as literals without an index. */
    static byte[] head(String method, String path, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, ":method", method);
        field(out, ":scheme", "http");
        field(out, ":authority", "localhost");
        field(out, ":path", path);
        for (int i = 0; i < more.length; i += 2) {
            field(out, more[i], more[i + 1]);
        }
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, String value) {
        out.write(0);
        out.write(name.length());
        out.writeBytes(name.getBytes(US_ASCII));
        out.write(value.length());
        out.writeBytes(value.getBytes(US_ASCII));
    }

    /** The next frame; null where the server closed. */
    @Nullable
    Frame next() throws IOException {
        try {
            int lengthAndType = in.readInt();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[lengthAndType >>> 8];
            in.readFully(payload);
            if ((lengthAndType & 0xff) == SETTINGS && flags == 0) {
                send(SETTINGS, ACK, 0, new byte[0]);
            }
            return new Frame(lengthAndType & 0xff, flags, stream, payload);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** The next frame of a kind; fails where the server closes before. */
    Frame await(Predicate<Frame> wanted) throws IOException {
        for (Frame frame = next(); frame != null; frame = next()) {
            if (wanted.test(frame)) {
                return frame;
            }
        }
        throw new AssertionError("the server closed");
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
