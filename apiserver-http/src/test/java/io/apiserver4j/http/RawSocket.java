// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that writes what no client library would. */
final class RawSocket implements AutoCloseable {
    final Socket socket;

    RawSocket(HttpServer server) throws IOException {
        this(server, 0);
    }

    /** A socket with a receive buffer of this size, so that a reader who does not read is soon noticed; 0 as it comes. */
    RawSocket(HttpServer server, int receiveBuffer) throws IOException {
        this(new Socket(), server, receiveBuffer);
    }

    private RawSocket(Socket fresh, HttpServer server, int receiveBuffer) throws IOException {
        socket = fresh;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    RawSocket send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** All bytes until the server closes. */
    String all() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(out);
        } catch (SocketException e) {
            // a reset is an end, too
        }
        return out.toString(ISO_8859_1);
    }

    /** Bytes until a text is there. */
    String until(String end) throws IOException {
        StringBuilder out = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (out.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the server closed after: " + out);
            }
            out.append((char) next);
        }
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
