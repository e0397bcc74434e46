// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All ways in which a server knows callers: the authenticator that it was given, then tokens. Who showed a token that
 * nobody takes is refused, even where callers who show nothing are taken as anonymous.
 */
public final class Callers implements Authenticator {
    private static final String INVALID = "invalid bearer token";

    private final Authenticator given;
    private final TokenAuthenticator tokens;
    private final List<String> ownAudiences;

    /**
     * The ways of a server.
     *
     * @param given asked first; its tokens are for this server whatever they say
     * @param tokens asked about bearer tokens that it does not know
     * @param ownAudiences what this server is called in tokens
     */
    public Callers(Authenticator given, TokenAuthenticator tokens, List<String> ownAudiences) {
        this.given = given;
        this.tokens = tokens;
        this.ownAudiences = List.copyOf(ownAudiences);
    }

    @Override
    public AuthResult authenticate(Call call) {
        AuthResult first = given.authenticate(call);
        if (first instanceof AuthResult.Known known && !isNobody(known.identity())) {
            return first;
        }
        String token = BearerTokens.of(call);
        if (token == null) {
            return first;
        }
        if (token.isEmpty()) {
            return new AuthResult.Refused(INVALID);
        }
        AuthResult second = tokens.authenticate(token, List.of(), call.notes());
        return second instanceof AuthResult.NoOpinion ? first : second;
    }

    /**
     * Whose token this is, for those who ask about tokens that were shown to them.
     *
     * @param asking the call of who asks
     * @param audiences for whom the token must be; empty for this server
     * @return known with audiences that are both asked for and the token's, or refused with all reasons
     */
    public AuthResult review(Call asking, String token, List<String> audiences) {
        List<String> forUs = new ArrayList<>(audiences.isEmpty() ? ownAudiences : audiences);
        forUs.retainAll(ownAudiences);
        if (!forUs.isEmpty() || audiences.isEmpty()) {
            ApiRequest shown = ApiRequest.of("GET", "/", Headers.of("Authorization", "Bearer " + token), new byte[0]);
            Call call = new Call(
                    shown, asking.auditId(), asking.arrival(), null, null, null, asking.notes(), asking.cancellation());
            if (given.authenticate(call) instanceof AuthResult.Known known && !isNobody(known.identity())) {
                return new AuthResult.Known(known.identity(), forUs);
            }
        }
        AuthResult result = tokens.authenticate(token, audiences, asking.notes());
        if (result instanceof AuthResult.Known known) {
            if (!known.audiences().isEmpty()) {
                return known;
            }
            // who does not look at audiences knows tokens for this server
            return forUs.isEmpty() && !audiences.isEmpty()
                    ? new AuthResult.Refused(INVALID)
                    : new AuthResult.Known(known.identity(), forUs);
        }
        Set<String> reasons = new LinkedHashSet<>(List.of(INVALID));
        if (result instanceof AuthResult.Refused refused) {
            reasons.addAll(refused.reasons());
        }
        return new AuthResult.Refused(List.copyOf(reasons));
    }

    private static boolean isNobody(Identity identity) {
        return identity.in(Identity.UNAUTHENTICATED);
    }
}
