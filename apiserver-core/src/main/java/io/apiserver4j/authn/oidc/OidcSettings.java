// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.oidc;

import java.util.List;
import java.util.Map;

/**
 * How tokens of one provider are read. Names are those of kube-apiserver's flags.
 *
 * @param issuer the URL of the provider
 * @param audiences for whom a token must be, one of them at least
 * @param algorithms the algorithms that a token may be signed by; symmetric ones never count
 * @param usernamePrefix goes before names, as it is
 * @param groupsClaim the claim that holds groups; empty for none
 * @param requiredClaims claims that a token must have with these values
 */
public record OidcSettings(
        String issuer,
        List<String> audiences,
        List<String> algorithms,
        String usernameClaim,
        String usernamePrefix,
        String groupsClaim,
        String groupsPrefix,
        Map<String, String> requiredClaims) {
    /** Copies the collections. */
    public OidcSettings {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
        requiredClaims = Map.copyOf(requiredClaims);
    }
}
