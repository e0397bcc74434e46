// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What Go's HTTP client says where Java's fails. */
final class CallFailures {
    private CallFailures() {}

    /**
     * The text of a failure to connect, to shake hands or to get an answer.
     *
     * @param host where the connection went
     */
    static String text(Throwable failure, String host, int port) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof CertificateException) {
                return "tls: failed to verify certificate: " + one.getMessage();
            }
            if (one instanceof UnresolvedAddressException || one instanceof UnknownHostException) {
                return "dial tcp: lookup " + host + ": no such host";
            }
        }
        if (failure instanceof ConnectException) {
            String message = failure.getMessage();
            return "dial tcp " + address(host, port) + ": connect: "
                    + (message == null || message.isEmpty() ? "connection refused" : message.toLowerCase(Locale.ROOT));
        }
        return broken(failure);
    }

    /** The text of a connection that broke. */
    static String broken(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SSLException) {
            if (message.contains("Unsupported or unrecognized SSL message")) {
                return "http: server gave HTTP response to HTTPS client";
            }
            String alert = "Received fatal alert: ";
            int at = message.indexOf(alert);
            return at < 0
                    ? "tls: " + message
                    : "remote error: tls: "
                            + message.substring(at + alert.length()).replace('_', ' ');
        }
        if (failure instanceof EOFException || isWithoutAnswer(failure)) {
            return "EOF";
        }
        if (message.contains("bytes received")) { // fewer than the header said
            return "unexpected EOF";
        }
        if (message.contains("Connection reset")) {
            return "connection reset by peer";
        }
        return message;
    }

    /** True where the other side closed the connection before it said anything, as it may with one that was idle. */
    static boolean isWithoutAnswer(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            String message = String.valueOf(one.getMessage());
            if (message.contains("header parser received no bytes")
                    || message.contains("EOF reached while reading")
                    || message.contains("Connection reset")) {
                return true;
            }
        }
        return false;
    }

    private static String address(String host, int port) {
        String shown = host;
        try {
            shown = InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            // shown by its name
        }
        return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
    }
}
