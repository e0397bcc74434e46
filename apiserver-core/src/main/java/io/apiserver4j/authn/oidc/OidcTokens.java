// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.authn.token.TokenClaims;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows callers by identity tokens of one OpenID Connect provider, for this server whatever other audiences are asked for. */
public final class OidcTokens implements TokenAuthenticator {
    /** Algorithms with a public key; a secret that both sides know has no place here. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final ProviderKeys keys;
    private final InstantSource clock;

    /** A token that does not count, and why. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String why) {
            super("oidc: " + why);
        }
    }

    /** An authenticator of a provider's tokens, whose documents are fetched when the first of them is seen. */
    public OidcTokens(OidcSettings settings, Documents documents, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        keys = new ProviderKeys(settings.issuer(), documents, clock);
    }

    @Override
    public AuthResult authenticate(String token, List<String> audiences, CallNotes notes) {
        TokenClaims said = TokenClaims.unverified(token);
        if (said == null || !said.issuer().equals(settings.issuer())) {
            return AuthResult.NO_OPINION;
        }
        try {
            return new AuthResult.Known(identity(verified(token)));
        } catch (RefusedException e) {
            return new AuthResult.Refused(String.valueOf(e.getMessage()));
        }
    }

    private TokenClaims verified(String token) throws RefusedException {
        JWSObject parsed;
        try {
            parsed = JWSObject.parse(token);
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw new RefusedException("malformed jwt");
        }
        JWSAlgorithm algorithm = parsed.getHeader().getAlgorithm();
        if (!ASYMMETRIC.contains(algorithm) || !settings.algorithms().contains(algorithm.getName())) {
            throw new RefusedException("verify token: oidc: id token signed with unsupported algorithm, expected "
                    + shown(settings.algorithms()) + " got " + GoText.quote(algorithm.getName()));
        }
        try {
            for (PublicKey key : keys.of(parsed.getHeader())) {
                if (isSignedBy(parsed, key)) {
                    return timely(parsed);
                }
            }
        } catch (IOException e) {
            throw new RefusedException("authenticator not initialized: " + e.getMessage());
        }
        throw new RefusedException("verify token: failed to verify signature: failed to verify id token signature");
    }

    private static boolean isSignedBy(JWSObject token, PublicKey key) {
        try {
            return token.verify(new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), key));
        } catch (JOSEException | RuntimeException e) {
            return false;
        }
    }

    private TokenClaims timely(JWSObject token) throws RefusedException {
        TokenClaims claims = TokenClaims.of(token.getPayload().toBytes());
        if (claims == null || !claims.issuer().equals(settings.issuer())) {
            throw new RefusedException("malformed jwt payload");
        }
        if (claims.audiences().stream().noneMatch(settings.audiences()::contains)) {
            throw new RefusedException("verify token: oidc: expected audience in " + shown(settings.audiences())
                    + " got " + shown(claims.audiences()));
        }
        Instant now = clock.instant();
        Instant until = claims.time("exp");
        if (until == null || !now.isBefore(until)) {
            throw new RefusedException("verify token: oidc: token is expired (Token Expiry: " + until + ")");
        }
        Instant from = claims.time("nbf");
        if (from != null && now.plusSeconds(300).isBefore(from)) {
            throw new RefusedException(
                    "verify token: oidc: current time " + now + " before the nbf (not before) time: " + from);
        }
        return claims;
    }

    private static String shown(List<String> texts) {
        return texts.stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    private Identity identity(TokenClaims claims) throws RefusedException {
        ObjectValue tree = claims.tree();
        String claim = settings.usernameClaim();
        String user = tree.getString(claim);
        if (user == null || user.isEmpty()) {
            throw new RefusedException("parse username claims " + GoText.quote(claim) + ": claim not present");
        }
        if (claim.equals("email")) {
            Value checked = tree.get("email_verified");
            if (checked != null && !tree.isTrue("email_verified")) {
                throw new RefusedException("email not verified");
            }
        }
        for (Map.Entry<String, String> required : settings.requiredClaims().entrySet()) {
            String value = tree.getString(required.getKey());
            if (value == null) {
                throw new RefusedException("required claim " + required.getKey() + " not present in ID token");
            }
            if (!value.equals(required.getValue())) {
                throw new RefusedException("required claim " + required.getKey() + " value does not match. Got = "
                        + value + ", want = " + required.getValue());
            }
        }
        List<String> groups = new ArrayList<>();
        if (!settings.groupsClaim().isEmpty()) {
            for (String group : groups(tree.get(settings.groupsClaim()))) {
                groups.add(settings.groupsPrefix() + group);
            }
        }
        if (!groups.contains(Identity.AUTHENTICATED)) {
            groups.add(Identity.AUTHENTICATED);
        }
        String id = claims.id();
        Map<String, List<String>> extra =
                id.isEmpty() ? Map.of() : Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=" + id));
        return new Identity(settings.usernamePrefix() + user, "", groups, extra);
    }

    private List<String> groups(@Nullable Value value) throws RefusedException {
        if (value == null) {
            return List.of();
        }
        String single = value.asString();
        ArrayValue several = value.asArray();
        if (single == null && (several == null || several.strings().size() < several.size())) {
            throw new RefusedException("parse groups claim " + GoText.quote(settings.groupsClaim())
                    + ": json: cannot unmarshal into Go value of type string");
        }
        return single != null ? List.of(single) : several == null ? List.of() : several.strings();
    }
}
