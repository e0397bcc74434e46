// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection that goes on in another protocol on both sides: the caller's bytes to the server behind and back, each way as
 * fast as its reader takes them. Holds one thread, which reads.
 */
final class UpgradeTunnel implements Flow.Processor<ByteBuffer, ByteBuffer>, Flow.Subscription {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HEAD_MILLIS = 30_000;
    private static final int HEAD_LIMIT = 64 * 1024;
    private static final int PIECE = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Semaphore asked = new Semaphore(0);
    private volatile Flow.@Nullable Subscription incoming;
    private volatile boolean closed;

    private UpgradeTunnel(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** True where a request wants to go on in another protocol. */
    static boolean isWanted(ApiRequest request) {
        return request.headers().all("Connection").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /** Asks the server behind; gives its refusal, or the open channel. */
    static ApiResponse open(Backend backend, ServiceAddress address, ApiRequest request, String target, Headers headers)
            throws GeneralSecurityException, IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            SSLSocket socket = (SSLSocket)
                    backend.tls().getSocketFactory().createSocket(plain, address.host(), address.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(backend.serverName()));
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(HEAD_MILLIS);
            UpgradeTunnel tunnel = new UpgradeTunnel(socket);
            tunnel.ask(address, request, target, headers);
            return tunnel.answer();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private void ask(ServiceAddress address, ApiRequest request, String target, Headers headers) throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append(request.method())
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(address);
        head.append("\r\nConnection: Upgrade\r\n");
        request.headers().all("Upgrade").forEach(value -> line(head, "Upgrade", value));
        headers.forEach((name, value) -> line(head, name, value));
        byte[] body = request.readBody();
        if (body.length > 0) {
            line(head, "Content-Length", Integer.toString(body.length));
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n");
    }

    private ApiResponse answer() throws IOException {
        String[] lines = head().split("\r\n");
        String[] first = lines[0].split(" ", 3);
        if (first.length < 2 || !first[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("malformed HTTP response \"" + lines[0] + "\"");
        }
        int code = Integer.parseInt(first[1]);
        Headers.Builder headers = Headers.builder();
        long length = -1;
        boolean chunked = false;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = colon < 0 ? "" : lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            if (name.equals("content-length") && value.matches("[0-9]{1,9}")) {
                length = Long.parseLong(value);
            }
            chunked |= name.equals("transfer-encoding") && value.equalsIgnoreCase("chunked");
            if (!name.isEmpty() && (IdentityHeaders.isAnswered(name) || code == 101 && name.equals("upgrade"))) {
                headers.add(name, value);
            }
        }
        if (code == 101) {
            socket.setSoTimeout(0);
            return new ApiResponse.Upgraded(code, headers.build(), this);
        }
        byte[] body = chunked
                ? chunks()
                : in.readNBytes((int) Math.min(length < 0 ? HEAD_LIMIT : length, ApiRequest.BODY_LIMIT));
        socket.close();
        return ApiResponse.Complete.of(code, headers.build(), body);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < ApiRequest.BODY_LIMIT) {
            String size = line();
            if (!size.matches("[0-9a-fA-F]{1,6}(;.*)?")) {
                throw new IOException("malformed chunked encoding");
            }
            int bytes = Integer.parseInt(size.split(";", 2)[0], 16);
            if (bytes == 0) {
                break;
            }
            body.write(in.readNBytes(bytes));
            line();
        }
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < HEAD_LIMIT; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Byte by byte: what follows is no longer HTTP, and nothing of it may be taken here. */
    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("unexpected EOF");
            }
            head.write(next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
            if (head.size() > HEAD_LIMIT) {
                throw new IOException("the head of the answer is too long");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    // the caller's bytes to the server behind

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        incoming = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        Flow.Subscription from = incoming;
        try {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            out.write(copy);
            out.flush();
            if (from != null) {
                from.request(1);
            }
        } catch (IOException e) {
            cancel();
            if (from != null) {
                from.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        cancel();
    }

    @Override
    public void onComplete() {
        cancel();
    }

    // and back

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> caller) {
        caller.onSubscribe(this);
        Thread reader = new Thread(() -> read(caller), "apiserver4j-tunnel");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Flow.Subscriber<? super ByteBuffer> caller) {
        byte[] piece = new byte[PIECE];
        try {
            while (!closed) {
                asked.acquire();
                int size = closed ? -1 : in.read(piece);
                if (size < 0) {
                    break;
                }
                caller.onNext(ByteBuffer.wrap(piece.clone(), 0, size));
            }
        } catch (IOException e) {
            closed = true; // cut off by either side: the caller sees the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cancel();
            caller.onComplete();
        }
    }

    @Override
    public void request(long more) {
        asked.release((int) Math.min(more, PIECE));
    }

    @Override
    public void cancel() {
        closed = true;
        asked.release();
        try {
            socket.close();
        } catch (IOException e) {
            closed = true; // it is gone either way
        }
    }
}
