// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** One accepted socket, whatever it speaks. Its members are used on its event loop, except where they say otherwise. */
final class Connection {
    private final Channel channel;
    private Runnable drain;
    private @Nullable Peer peer;

    Connection(Channel channel) {
        this.channel = channel;
        this.drain = this::cut;
    }

    /** What this connection does when the server takes no more requests; before it speaks a protocol, it closes. */
    void onDrain(Runnable act) {
        drain = act;
    }

    /** Starts to end this connection in the way of its protocol. From any thread. */
    void drain() {
        channel.eventLoop().execute(() -> drain.run());
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    /** Closes what is closed in good order. */
    void close() {
        channel.close();
    }

    /** Tells the client that nothing more comes, and still reads; all must be written. */
    void closeOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(closed -> endOutput());
        } else {
            endOutput();
        }
    }

    private void endOutput() {
        if (channel.isActive() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /** Closes the socket at once, whatever is still to be written. From any thread. */
    void cut() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        } else {
            channel.close();
        }
    }

    /** Who is at the other end; asked after the handshake of TLS. */
    Peer peer() {
        Peer known = peer;
        if (known == null) {
            known = new Peer(address(channel.remoteAddress()), certificates());
            peer = known;
        }
        return known;
    }

    private static String address(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress socket)) {
            return "";
        }
        InetAddress address = socket.getAddress();
        String text = address == null ? socket.getHostString() : address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private List<X509Certificate> certificates() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : tls.engine().getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
            return List.copyOf(chain);
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
