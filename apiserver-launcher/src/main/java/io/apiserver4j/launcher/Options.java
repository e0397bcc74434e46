// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.resource.ServedApis;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.server.ServiceAccountSettings;
import io.apiserver4j.server.StorageSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a start was asked for, checked as far as that goes without looking at files.
 *
 * @param listening where and how connections are taken
 * @param callers how callers are known, and what they may do
 * @param tokens what signs and verifies tokens of service accounts
 * @param frontProxy what it shows to servers of aggregated groups
 * @param apis which of the built-in APIs there are
 * @param settings the server behind it
 * @param admissionConfiguration the file with the documents of admission plugins, or null
 * @param storage how objects are kept
 * @param etcd where they are kept, null for memory
 * @param operations what keeps it fair and what is written down
 * @param shutdownDelay how long to go on serving after the signal to stop
 */
record Options(
        Listening listening,
        Callers callers,
        Tokens tokens,
        FrontProxyFiles frontProxy,
        ServedApis apis,
        ApiServerSettings settings,
        @Nullable Path admissionConfiguration,
        StorageSettings storage,
        @Nullable EtcdOptions etcd,
        Operations operations,
        Duration shutdownDelay) {
    /**
     * Where and how connections are taken.
     *
     * @param address the address to listen on, a literal
     * @param port the port, 0 for any
     * @param folder where certificates are found and made
     * @param certificate a serving certificate that was given, with {@code key}
     * @param names further names and addresses for a serving certificate that is made
     * @param ciphers cipher suites, empty for the usual ones
     * @param streams requests at once on one connection of HTTP/2, 0 for the usual number
     */
    record Listening(
            String address,
            int port,
            Path folder,
            @Nullable Path certificate,
            @Nullable Path key,
            List<String> names,
            boolean tls13Only,
            List<String> ciphers,
            boolean http2,
            int streams) {}

    /**
     * How callers are known, and what they may do.
     *
     * @param authorities authorities of client certificates, beside the self-made one
     * @param tokens a file of static tokens
     * @param anonymous whether those who show nothing are taken
     * @param permissions who is asked what they may do
     * @param foreign callers that others know
     */
    record Callers(
            @Nullable Path authorities,
            @Nullable Path tokens,
            boolean anonymous,
            AuthorizationOptions permissions,
            ForeignCallers foreign) {}

    /**
     * What signs and verifies tokens of service accounts.
     *
     * @param issuers names of issuers, the one that signs first
     * @param verifiers files with public keys or certificates
     * @param signer a file with the private key
     * @param audiences what the server is called in tokens, empty for the issuers
     * @param jwksUri where others find the keys, empty for the server itself
     * @param longest the longest life of a token, zero for no limit
     * @param extend whether tokens that pods mount live longer
     * @param lookup whether tokens of secrets are checked against their secret
     * @param bootstrap whether bootstrap tokens are taken
     */
    record Tokens(
            List<String> issuers,
            List<Path> verifiers,
            @Nullable Path signer,
            List<String> audiences,
            String jwksUri,
            Duration longest,
            boolean extend,
            boolean lookup,
            boolean bootstrap) {
        /** The settings of the server, with the keys that were given, or else the pair of the folder. */
        ServiceAccountSettings settings(TokenKeys keys, Supplier<KeyPair> own) {
            KeyPair given = keys.signer();
            return new ServiceAccountSettings(
                    issuers,
                    given == null ? own : () -> given,
                    keys::verifiers,
                    audiences,
                    jwksUri,
                    longest,
                    extend,
                    lookup);
        }
    }
}
