// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiCaller;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A server's door on a port. Requests are read whole and handed to an {@link ApiCaller} on handler threads; its answers
 * are written at the pace of their readers.
 *
 * <pre>{@code
 * try (HttpServer server = HttpServer.builder(door).port(0).tls(tls).start()) {
 *     connectTo(server.address());
 * }
 * }</pre>
 */
public final class HttpServer implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Channel listener;
    private final Wiring wiring;
    private final InetSocketAddress address;
    private final boolean secure;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(Channel listener, Wiring wiring, boolean secure) {
        this.listener = listener;
        this.wiring = wiring;
        this.address = (InetSocketAddress) listener.localAddress();
        this.secure = secure;
    }

    /** A builder of a server in front of a door; by default on a free port of 127.0.0.1, in clear text. */
    public static Builder builder(ApiCaller door) {
        return new Builder(door);
    }

    /**
     * A server in front of a door with the certificates of {@link SelfSigned#ofThisJvm()}, on a free port of 127.0.0.1.
     *
     * @throws IOException where it can't listen
     */
    public static HttpServer serve(ApiCaller door) throws IOException {
        return builder(door).tls(SelfSigned.ofThisJvm().tls()).start();
    }

    /** The address it listens on, with the port that was found where 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** The URL of this server by a host name or address, such as {@code https://127.0.0.1:6443}. */
    public String url(String host) {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return (secure ? "https://" : "http://") + name + ":" + address.getPort();
    }

    /** The URL of this server by the address it listens on. */
    public String url() {
        return url(
                address.getAddress().isAnyLocalAddress()
                        ? "127.0.0.1"
                        : address.getAddress().getHostAddress());
    }

    /** Connections that are open now. */
    public int connections() {
        return wiring.connections.size();
    }

    /** Handlers that run or wait now. */
    int busyHandlers() {
        return wiring.busy();
    }

    /** Bytes of request bodies that are held now. */
    long heldBytes() {
        return wiring.held();
    }

    /**
     * Stops: takes no more connections and requests, ends watches, waits this long for answers under way, then closes what
     * is left. Returns when all sockets are closed. Further calls do nothing. Not to be called from a handler, which it
     * would wait for.
     */
    public void close(Duration drain) {
        if (closed.compareAndSet(false, true)) {
            Drain.run(listener, wiring, drain);
        }
    }

    /** Stops, and waits up to five seconds for answers under way. */
    @Override
    public void close() {
        close(DRAIN);
    }

    /** Collects what a server needs; not safe for use by several threads. */
    public static final class Builder {
        private static final int BACKLOG = 1024;

        private final ApiCaller door;
        private String host = "127.0.0.1";
        private int port;
        private @Nullable TlsSettings tls;
        private ConnectionLimits limits = ConnectionLimits.STANDARD;
        private @Nullable Executor executor;
        private boolean compression = true;

        private Builder(ApiCaller door) {
            this.door = door;
        }

        /** The address to listen on. */
        public Builder address(String value) {
            host = value;
            return this;
        }

        /** The port to listen on; 0 for any that is free. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Speaks TLS; without this, clear text: HTTP/1.1, and HTTP/2 with clients that know beforehand. */
        public Builder tls(TlsSettings value) {
            tls = value;
            return this;
        }

        /** Other limits than {@link ConnectionLimits#STANDARD}. */
        public Builder limits(ConnectionLimits value) {
            limits = value;
            return this;
        }

        /**
         * Threads to run handlers on. Handlers block: it must have as many threads as requests may be in flight, must not
         * run tasks on the caller's thread, and is not closed with the server. Without this, virtual threads on Java 21
         * and newer, otherwise a pool.
         */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** Whether large answers are compressed for clients that take gzip (on by default, as in kube-apiserver). */
        public Builder compression(boolean on) {
            compression = on;
            return this;
        }

        /**
         * Starts listening.
         *
         * @throws IOException where the address can't be bound, or TLS has no such settings
         */
        public HttpServer start() throws IOException {
            Executor given = executor;
            TlsSettings settings = tls;
            TlsEngines engines = engines(settings);
            HandlerThreads threads = given == null ? HandlerThreads.own(limits.handlers()) : HandlerThreads.of(given);
            Wiring wiring = new Wiring(door, limits, threads, compression);
            ChannelFuture bound = new ServerBootstrap()
                    .group(EventLoops.SHARED)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childOption(ChannelOption.ALLOCATOR, EventLoops.BUFFERS)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, EventLoops.MARKS)
                    .childHandler(new Pipeline(wiring, engines))
                    .bind(new InetSocketAddress(host, port))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                threads.close();
                throw new IOException("can't listen on " + host + ":" + port, bound.cause());
            }
            return new HttpServer(bound.channel(), wiring, engines != null);
        }

        private static @Nullable TlsEngines engines(@Nullable TlsSettings settings) throws IOException {
            try {
                return settings == null ? null : settings.engines();
            } catch (GeneralSecurityException e) {
                throw new IOException("no such TLS here", e);
            }
        }
    }
}
