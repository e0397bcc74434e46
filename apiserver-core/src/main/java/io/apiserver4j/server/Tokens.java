// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.Callers;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.authn.TokenChain;
import io.apiserver4j.authn.token.BootstrapTokens;
import io.apiserver4j.authn.token.ServiceAccountKeys;
import io.apiserver4j.authn.token.ServiceAccountTokens;
import io.apiserver4j.authn.token.TokenIssuer;
import io.apiserver4j.diagnostics.OpenIdEndpoint;
import io.apiserver4j.kinds.core.TokenRequests;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.ResourceHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Bearer tokens of a server: who makes them, who knows them, and what is told about them. */
final class Tokens {
    private final ServiceAccountSettings settings;
    private final Function<String, ObjectStore> objects;
    private final ServiceAccountKeys keys;
    private final Callers callers;

    /**
     * The tokens of a server.
     *
     * @param given knows callers before tokens are looked at
     * @param bootstrap whether bootstrap tokens are taken
     * @param others know tokens that are neither
     */
    Tokens(
            ServiceAccountSettings settings,
            Authenticator given,
            boolean bootstrap,
            List<TokenAuthenticator> others,
            Function<String, ObjectStore> objects,
            InstantSource clock) {
        this.settings = settings;
        this.objects = objects;
        keys = new ServiceAccountKeys(settings.signer(), settings.verifiers());
        List<TokenAuthenticator> chain = new ArrayList<>();
        chain.add(new ServiceAccountTokens(
                settings.issuers(), settings.apiAudiences(), keys, objects, settings.lookup(), clock));
        if (bootstrap) {
            chain.add(new BootstrapTokens(() -> objects.apply("secrets"), clock));
        }
        chain.addAll(others);
        callers = new Callers(given, new TokenChain(chain), settings.apiAudiences());
    }

    /** Knows callers in all ways. */
    Callers callers() {
        return callers;
    }

    /** Answers serviceaccounts/token. */
    ResourceHandler handler() {
        TokenIssuer issuer = new TokenIssuer(
                settings.issuers().get(0),
                settings.apiAudiences(),
                keys,
                settings.maxTokenExpiration(),
                settings.extendTokenExpiration());
        return new TokenRequests(objects, () -> issuer);
    }

    /** Serves what others verify tokens by; nothing where the issuer is no URL that they could read. */
    void addTo(Surface.Builder surface, String address) {
        String issuer = settings.issuers().get(0);
        if (!issuer.startsWith("https://") || issuer.contains("?") || issuer.contains("#")) {
            return;
        }
        String uri = settings.jwksUri().isEmpty() ? "https://" + address + OpenIdEndpoint.KEYS : settings.jwksUri();
        surface.route(
                OpenIdEndpoint.CONFIGURATION,
                OpenIdEndpoint.configuration(() -> ObjectValue.builder()
                        .put("issuer", issuer)
                        .put("jwks_uri", uri)
                        .put("response_types_supported", ArrayValue.of(Value.of("id_token")))
                        .put("subject_types_supported", ArrayValue.of(Value.of("public")))
                        .put("id_token_signing_alg_values_supported", ArrayValue.ofStrings(keys.algorithms()))
                        .build()));
        surface.route(OpenIdEndpoint.KEYS, OpenIdEndpoint.keys(keys::document));
    }
}
