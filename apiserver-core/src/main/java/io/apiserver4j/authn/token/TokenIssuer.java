// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes tokens of service accounts. Safe for use by several threads. */
public final class TokenIssuer {
    /** This life is what kubelets ask for; such tokens are made to last longer, and are noted when used after it. */
    private static final long WARN_ONLY_SECONDS = 60 * 60 + 7;

    private static final long EXTENDED_SECONDS = 365L * 24 * 60 * 60;

    private final String issuer;
    private final List<String> ownAudiences;
    private final ServiceAccountKeys keys;
    private final long longestSeconds;
    private final boolean extend;

    /**
     * An issuer.
     *
     * @param issuer its name
     * @param ownAudiences what this server is called in tokens
     * @param longest the longest life of a token; zero for no limit
     * @param extend whether tokens that pods mount live longer than they were asked for
     */
    public TokenIssuer(
            String issuer, List<String> ownAudiences, ServiceAccountKeys keys, Duration longest, boolean extend) {
        this.issuer = issuer;
        this.ownAudiences = List.copyOf(ownAudiences);
        this.keys = keys;
        this.longestSeconds = longest.toSeconds();
        this.extend = extend;
    }

    /**
     * What a token is bound to, each of which may be missing.
     *
     * @param node of a pod on a node that is not there, just the name
     */
    public record Bound(
            @Nullable ObjectMeta pod,
            @Nullable ObjectMeta secret,
            @Nullable ObjectMeta node) {
        /** Bound to the service account only. */
        public static final Bound TO_NOTHING = new Bound(null, null, null);
    }

    /** A token, with the id in its claims. */
    public record Issued(String token, String id) {}

    /** The audiences of tokens that are asked for without any. */
    public List<String> ownAudiences() {
        return ownAudiences;
    }

    /** The longest life of a token in seconds, 0 for no limit. */
    public long longestSeconds() {
        return longestSeconds;
    }

    /** A new token of a service account. */
    public Issued issue(ObjectMeta account, Bound bound, List<String> audiences, long seconds, Instant now) {
        long issued = now.getEpochSecond();
        long life = seconds;
        ObjectEditor own = ObjectValue.builder().put("namespace", account.namespace());
        put(own, "node", bound.node());
        put(own, "pod", bound.pod());
        put(own, "secret", bound.secret());
        put(own, "serviceaccount", account);
        if (extend && bound.pod() != null && seconds == WARN_ONLY_SECONDS && ownAudiences.containsAll(audiences)) {
            own.put("warnafter", issued + seconds);
            life = longestSeconds > 0 ? Math.min(EXTENDED_SECONDS, longestSeconds) : EXTENDED_SECONDS;
        }
        String id = UUID.randomUUID().toString();
        ObjectValue claims = ObjectValue.builder()
                .put("aud", ArrayValue.ofStrings(audiences))
                .put("exp", issued + life)
                .put("iat", issued)
                .put("iss", issuer)
                .put("jti", id)
                .put("kubernetes.io", own.build())
                .put("nbf", issued)
                .put("sub", ServiceAccountIdentity.user(account.namespace(), account.name()))
                .build();
        return new Issued(keys.sign(claims), id);
    }

    private static void put(ObjectEditor out, String name, @Nullable ObjectMeta meta) {
        if (meta != null) {
            ObjectEditor reference = ObjectValue.builder().put("name", meta.name());
            if (!meta.uid().isEmpty()) {
                reference.put("uid", meta.uid());
            }
            out.put(name, reference.build());
        }
    }
}
