// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failures of connections in the words in which clients of Kubernetes know them. */
final class BackendFailures {
    private BackendFailures() {}

    /** What is wrong with a connection to an address. */
    static String text(Throwable failure, ServiceAddress address) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof CertificateException) {
                return String.valueOf(one.getMessage());
            }
        }
        Throwable first = failure;
        while ((first instanceof CompletionException || first instanceof ExecutionException)
                && first.getCause() != null) {
            first = first.getCause();
        }
        String dial = "dial tcp " + address + ": ";
        for (Throwable one = first; one != null; one = one.getCause()) {
            if (one instanceof UnknownHostException || one instanceof UnresolvedAddressException) {
                return "dial tcp: lookup " + address.host() + ": no such host";
            }
            if (one instanceof HttpConnectTimeoutException) {
                return dial + "i/o timeout";
            }
            if (one instanceof HttpTimeoutException) {
                return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
            }
            if (one instanceof NoRouteToHostException) {
                return dial + "connect: no route to host";
            }
        }
        if (first instanceof ConnectException) {
            return dial + "connect: connection refused";
        }
        if (first instanceof EOFException || first instanceof ClosedChannelException) {
            return "EOF";
        }
        String message = first.getMessage();
        return message == null ? first.getClass().getSimpleName() : message;
    }
}
