// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.RequestHeaders;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.authn.oidc.HttpsDocuments;
import io.apiserver4j.authn.oidc.OidcSettings;
import io.apiserver4j.authn.oidc.OidcTokens;
import io.apiserver4j.authz.AbacAuthorizer;
import io.apiserver4j.authz.Authorizer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Callers that others know, and what a file says of callers.
 *
 * @param proxies authorities of proxies that say who calls
 * @param headers by which headers they say it
 * @param provider whose identity tokens are taken, null for nobody's
 * @param providerAuthority the authority of the provider
 * @param policies the policy of the mode ABAC
 */
record ForeignCallers(
        @Nullable Path proxies,
        RequestHeaders.Names headers,
        @Nullable OidcSettings provider,
        @Nullable Path providerAuthority,
        @Nullable Path policies) {
    /** Reads the flags; the modes are those of authorization. */
    static ForeignCallers of(FlagValues flags, List<String> modes, List<String> problems) {
        RequestHeaders.Names headers = new RequestHeaders.Names(
                flags.all("requestheader-allowed-names"),
                flags.all("requestheader-username-headers"),
                flags.all("requestheader-uid-headers"),
                flags.all("requestheader-group-headers"),
                flags.all("requestheader-extra-headers-prefix"));
        boolean abac = modes.contains("ABAC");
        Path policies = file(flags, "authorization-policy-file");
        if (abac && policies == null) {
            problems.add("authorization-mode ABAC's authorization policy file not passed");
        }
        if (!abac && policies != null && flags.text("authorization-config").isEmpty()) {
            problems.add("cannot specify --authorization-policy-file without mode ABAC");
        }
        return new ForeignCallers(
                file(flags, "requestheader-client-ca-file"),
                headers,
                provider(flags, problems),
                file(flags, "oidc-ca-file"),
                policies);
    }

    private static @Nullable Path file(FlagValues flags, String name) {
        String text = flags.text(name);
        return text.isEmpty() ? null : Path.of(text);
    }

    private static @Nullable OidcSettings provider(FlagValues flags, List<String> problems) {
        String issuer = flags.text("oidc-issuer-url");
        String client = flags.text("oidc-client-id");
        if (issuer.isEmpty() != client.isEmpty()) {
            problems.add("oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set");
        }
        if (issuer.isEmpty() || client.isEmpty()) {
            return null;
        }
        if (!issuer.startsWith("https://")) {
            problems.add("issuer.url: Invalid value: \"" + issuer + "\": URL scheme must be https");
        }
        String claim = flags.text("oidc-username-claim");
        String prefix = flags.text("oidc-username-prefix");
        if (prefix.isEmpty() && !claim.equals("email")) {
            prefix = issuer + "#";
        }
        Map<String, String> required = new HashMap<>();
        for (String entry : flags.all("oidc-required-claim")) {
            int equal = entry.indexOf('=');
            if (equal > 0) {
                required.put(entry.substring(0, equal), entry.substring(equal + 1));
            }
        }
        return new OidcSettings(
                issuer,
                List.of(client),
                flags.all("oidc-signing-algs"),
                claim,
                prefix.equals("-") ? "" : prefix,
                flags.text("oidc-groups-claim"),
                flags.text("oidc-groups-prefix"),
                required);
    }

    /**
     * Knows callers by proxies; null where there are none.
     *
     * @param signers takes the authorities of proxies, so that they are asked for certificates
     */
    @Nullable
    Authenticator authenticator(List<X509Certificate> signers) throws Refusal {
        if (proxies == null) {
            return null;
        }
        List<X509Certificate> authorities = bundle("requestheader client CA file", proxies);
        signers.addAll(authorities);
        return new RequestHeaders(authorities, headers, InstantSource.system());
    }

    private static List<X509Certificate> bundle(String what, Path file) throws Refusal {
        try {
            return Certificates.bundle(file);
        } catch (Refusal e) {
            throw Refusal.of("unable to load " + what + ": " + e.reason());
        }
    }

    /** Knows callers by tokens of others. */
    TokenAuthenticator[] tokens() throws Refusal {
        if (provider == null) {
            return new TokenAuthenticator[0];
        }
        List<X509Certificate> authorities =
                providerAuthority == null ? List.of() : bundle("oidc CA file", providerAuthority);
        return new TokenAuthenticator[] {
            new OidcTokens(provider, new HttpsDocuments(authorities), InstantSource.system())
        };
    }

    /** Says what callers may do by the file; everybody nothing where there is none. */
    Authorizer policy() throws Refusal {
        if (policies == null) {
            return AbacAuthorizer.parse("");
        }
        try {
            return AbacAuthorizer.parse(SystemErrors.read(policies));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("error reading policy file " + policies + ": " + e.getMessage());
        }
    }
}
