// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import com.nimbusds.jose.JWSObject;
import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.authn.TokenDigests;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.store.ObjectStore;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by tokens of service accounts, which one of our keys signed. A signature is verified once and remembered;
 * whether the token still counts is looked up at each call.
 */
public final class ServiceAccountTokens implements TokenAuthenticator {
    private static final int REMEMBERED = 4096;

    private final Set<String> issuers;
    private final List<String> ownAudiences;
    private final ServiceAccountKeys keys;
    private final BoundTokens bound;
    private final SecretTokens legacy;
    private final InstantSource clock;
    private final Map<Object, TokenClaims> verified = new ConcurrentHashMap<>();
    private @Nullable TokenDigests digests; // made when first needed; guarded by this

    /**
     * An authenticator.
     *
     * @param issuers who may have issued a token
     * @param ownAudiences what this server is called in tokens
     * @param objects the objects of a resource that tokens are checked against; asked when a token is seen
     * @param lookup whether tokens of secrets are checked against their secret
     */
    public ServiceAccountTokens(
            List<String> issuers,
            List<String> ownAudiences,
            ServiceAccountKeys keys,
            Function<String, ObjectStore> objects,
            boolean lookup,
            InstantSource clock) {
        this.issuers = new HashSet<>(issuers);
        this.issuers.add(SecretTokens.ISSUER);
        this.ownAudiences = List.copyOf(ownAudiences);
        this.keys = keys;
        this.clock = clock;
        LiveFacts live = new LiveFacts(objects);
        bound = new BoundTokens(live);
        legacy = new SecretTokens(live, lookup);
    }

    @Override
    public AuthResult authenticate(String token, List<String> audiences, CallNotes notes) {
        if (token.indexOf('.') < 0) {
            return AuthResult.NO_OPINION;
        }
        Object digest = digest(token);
        TokenClaims claims = verified.get(digest);
        if (claims == null) {
            TokenClaims said = TokenClaims.unverified(token);
            if (said == null || !issuers.contains(said.issuer())) {
                return AuthResult.NO_OPINION;
            }
            Object result = verify(token);
            if (result instanceof AuthResult refused) {
                return refused;
            }
            claims = (TokenClaims) result;
            if (verified.size() >= REMEMBERED) {
                verified.clear();
            }
            verified.put(digest, claims);
        }
        return counts(token, claims, audiences, notes);
    }

    private synchronized Object digest(String token) {
        TokenDigests known = digests;
        if (known == null) {
            known = new TokenDigests();
            digests = known;
        }
        return known.of(token);
    }

    /** The claims of a token that one of our keys signed, or the result that ends the matter. */
    private Object verify(String token) {
        JWSObject parsed;
        try {
            parsed = JWSObject.parse(token);
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            return AuthResult.NO_OPINION;
        }
        List<VerifyingKey> candidates = keys.of(parsed.getHeader().getKeyID());
        if (candidates.isEmpty()) {
            return new AuthResult.Refused("invalid signature, no keys found");
        }
        if (candidates.stream().noneMatch(key -> key.verifies(parsed))) {
            return new AuthResult.Refused("invalid signature");
        }
        TokenClaims claims = TokenClaims.of(parsed.getPayload().toBytes());
        if (claims == null || !issuers.contains(claims.issuer())) {
            return new AuthResult.Refused("the claims of the token can't be read");
        }
        return claims;
    }

    private AuthResult counts(String token, TokenClaims claims, List<String> audiences, CallNotes notes) {
        boolean old = claims.issuer().equals(SecretTokens.ISSUER);
        List<String> said = claims.audiences();
        if (said.isEmpty()) {
            notes.annotate("authentication.k8s.io/legacy-token", claims.subject());
            said = ownAudiences;
        }
        List<String> asked = audiences.isEmpty() ? ownAudiences : audiences;
        List<String> common = new ArrayList<>(said);
        common.retainAll(asked);
        if (common.isEmpty() && !ownAudiences.isEmpty()) {
            return new AuthResult.Refused(
                    "token audiences " + shown(said) + " is invalid for the target audiences " + shown(asked));
        }
        AuthResult result;
        if (old) {
            result = legacy.check(token, claims, notes);
        } else {
            Instant now = clock.instant();
            String untimely = claims.untimely(now);
            result = untimely != null ? new AuthResult.Refused(untimely) : bound.check(claims, now, notes);
        }
        return result instanceof AuthResult.Known known ? new AuthResult.Known(known.identity(), common) : result;
    }

    private static String shown(List<String> texts) {
        return texts.stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    }
}
