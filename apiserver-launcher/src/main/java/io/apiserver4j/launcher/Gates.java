// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.authn.StaticTokens;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.launcher.Options.Callers;
import io.apiserver4j.server.BuiltinAuthorizers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How callers are known and what they may do, as the flags say.
 *
 * @param authenticator knows callers: by client certificates, tokens, or not at all
 * @param authorizer says what they may do, given those that the server makes itself
 * @param signers authorities that clients are asked for certificates of
 * @param warnings what is not as the flags would have it
 */
record Gates(
        Authenticator authenticator,
        Function<BuiltinAuthorizers, Authorizer> authorizer,
        List<X509Certificate> signers,
        List<String> warnings) {
    /**
     * Makes them.
     *
     * @throws Refusal where a file can't be read or understood
     */
    static Gates of(Callers callers, X509Certificate authority) throws Refusal {
        List<String> warnings = new ArrayList<>();
        List<X509Certificate> signers = new ArrayList<>();
        Path given = callers.authorities();
        if (given != null) {
            signers.addAll(clientAuthorities(given));
        }
        signers.add(authority);
        List<X509Certificate> clients = List.copyOf(signers);
        Authenticator proxies = callers.foreign().authenticator(signers);
        Authenticator authenticator = authenticator(callers, clients, proxies, warnings);
        Authorizer policy = callers.foreign().policy();
        return new Gates(authenticator, callers.permissions().chain(policy), signers, warnings);
    }

    private static Authenticator authenticator(
            Callers callers, List<X509Certificate> clients, @Nullable Authenticator proxies, List<String> warnings)
            throws Refusal {
        Path tokens = callers.tokens();
        List<Authenticator> members = new ArrayList<>();
        if (proxies != null) {
            members.add(proxies);
        }
        members.add(new ClientCertificates(clients, InstantSource.system()));
        members.add(tokens == null ? new StaticTokens(Map.of()) : tokens(tokens));
        Authenticator known = new AuthenticatorChain(members);
        if (callers.anonymous() && callers.permissions().modes().contains("AlwaysAllow")) {
            warnings.add(
                    "AnonymousAuth is not allowed with the AlwaysAllow authorizer. Resetting AnonymousAuth to false. "
                            + "You should use a different authorizer");
            return known;
        }
        return callers.anonymous() ? Anonymous.behind(known) : known;
    }

    private static List<X509Certificate> clientAuthorities(Path file) throws Refusal {
        try {
            return Certificates.bundle(file);
        } catch (Refusal e) {
            throw Refusal.of("unable to load client CA file: " + e.reason());
        }
    }

    private static StaticTokens tokens(Path file) throws Refusal {
        String text = SystemErrors.read(file);
        try {
            return StaticTokens.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(String.valueOf(e.getMessage()).replaceFirst("token file", "token file '" + file + "'"));
        }
    }
}
