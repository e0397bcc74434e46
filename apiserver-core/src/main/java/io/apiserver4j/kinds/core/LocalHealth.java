// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a part of the control plane at a port of this machine how it is. Such parts sign their certificates themselves, so
 * none is checked; nothing is told to them but the question.
 */
final class LocalHealth {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 20_000;
    private static final int LONGEST = 10 * 1024;

    private final int port;

    LocalHealth(int port) {
        this.port = port;
    }

    /** What was said, or why nothing was. */
    record Answer(boolean healthy, String text) {}

    Answer ask() {
        String address = "https://127.0.0.1:" + port + "/healthz";
        String failed = "Get \"" + address + "\": ";
        String dial = failed + "dial tcp 127.0.0.1:" + port + ": ";
        // most often nobody is there, which a bare socket finds out without the machinery of TLS
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        } catch (ConnectException e) {
            return new Answer(false, dial + "connect: connection refused");
        } catch (SocketTimeoutException e) {
            return new Answer(false, dial + "i/o timeout");
        } catch (IOException e) {
            return new Answer(false, dial + e.getMessage());
        }
        try {
            return get(address);
        } catch (SocketTimeoutException e) {
            return new Answer(
                    false, failed + "net/http: request canceled (Client.Timeout exceeded while awaiting headers)");
        } catch (IOException | GeneralSecurityException e) {
            return new Answer(false, failed + e.getMessage());
        }
    }

    private static Answer get(String address) throws IOException, GeneralSecurityException {
        HttpsURLConnection connection =
                (HttpsURLConnection) URI.create(address).toURL().openConnection();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
        connection.setSSLSocketFactory(tls.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("User-Agent", "kube-probe/1.37");
        connection.setRequestProperty("Accept", "*/*");
        try {
            int code = connection.getResponseCode();
            String body = body(connection, code);
            return code >= HttpURLConnection.HTTP_OK && code < HttpURLConnection.HTTP_BAD_REQUEST
                    ? new Answer(true, body)
                    : new Answer(false, "HTTP probe failed with statuscode: " + code);
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpsURLConnection connection, int code) throws IOException {
        if (code >= HttpURLConnection.HTTP_BAD_REQUEST) {
            return "";
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }

    /** Trusts whoever answers at a port of this machine. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
