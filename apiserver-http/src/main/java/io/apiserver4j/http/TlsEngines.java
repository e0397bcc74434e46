// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Makes the TLS of each connection, with the JDK's own means: Netty's context would first look into Bouncy Castle and the
 * JDK's list of authorities, which costs a young JVM most of a second. Safe for use by several threads.
 */
final class TlsEngines {
    static final String HTTP_1 = "http/1.1";
    static final String HTTP_2 = "h2";

    private final SSLContext context;
    private final boolean askClients;
    private final String[] protocols;
    private final String[] ciphers;
    private final String[] applications;

    TlsEngines(
            X509ExtendedKeyManager key,
            TrustManager authorities,
            boolean askClients,
            List<String> protocols,
            List<String> ciphers,
            boolean http2)
            throws GeneralSecurityException {
        this.context = SSLContext.getInstance("TLS");
        context.init(new X509ExtendedKeyManager[] {key}, new TrustManager[] {authorities}, null);
        this.askClients = askClients;
        this.protocols = protocols.toArray(String[]::new);
        this.applications = http2 ? new String[] {HTTP_2, HTTP_1} : new String[] {HTTP_1};
        Set<String> known =
                new HashSet<>(Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()));
        this.ciphers = ciphers.stream().filter(known::contains).toArray(String[]::new);
        if (this.ciphers.length == 0) {
            throw new GeneralSecurityException("none of these cipher suites is known: " + ciphers);
        }
    }

    /** The engine of a new connection. */
    SSLEngine next() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        parameters.setCipherSuites(ciphers);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(applications);
        if (askClients) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
