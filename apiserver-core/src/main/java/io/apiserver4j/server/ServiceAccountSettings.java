// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How tokens of service accounts are made and verified. Names are those of kube-apiserver's flags.
 *
 * @param issuers names of issuers: the first one signs, tokens of all are taken
 * @param signer the key pair that signs, asked for when the first token is seen
 * @param verifiers keys that verify, asked for then too; where there are none, the pair that signs
 * @param apiAudiences what this server is called in tokens; empty for the issuers
 * @param jwksUri where others find the key set; empty for this server's advertised address
 * @param maxTokenExpiration the longest life of a token; zero for no limit
 * @param extendTokenExpiration whether tokens that pods mount live longer than they were asked for
 * @param lookup whether tokens of secrets are checked against their secret
 */
public record ServiceAccountSettings(
        List<String> issuers,
        Supplier<KeyPair> signer,
        Supplier<List<PublicKey>> verifiers,
        List<String> apiAudiences,
        String jwksUri,
        Duration maxTokenExpiration,
        boolean extendTokenExpiration,
        boolean lookup) {
    /** The issuer where none is named. */
    public static final String ISSUER = "https://kubernetes.default.svc";

    /** Copies the lists. */
    public ServiceAccountSettings {
        issuers = List.copyOf(issuers);
        apiAudiences = apiAudiences.isEmpty() ? issuers : List.copyOf(apiAudiences);
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("tokens need an issuer");
        }
    }

    /** The defaults of kube-apiserver, with this key pair. */
    public static ServiceAccountSettings of(Supplier<KeyPair> signer) {
        return new ServiceAccountSettings(List.of(ISSUER), signer, List::of, List.of(), "", Duration.ZERO, true, true);
    }
}
