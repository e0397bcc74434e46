// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tokens without an end that are kept in secrets of type {@code kubernetes.io/service-account-token}: the older kind. */
final class SecretTokens {
    /** Who signs them. */
    static final String ISSUER = "kubernetes/serviceaccount";

    private static final String CLAIM = "kubernetes.io/serviceaccount/";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
    private static final String INVALIDATED = "token has been invalidated";

    private final LiveFacts live;
    private final boolean lookup;

    /** Checks tokens; with {@code lookup} also that secret and service account still are what they were. */
    SecretTokens(LiveFacts live, boolean lookup) {
        this.live = live;
        this.lookup = lookup;
    }

    /** Whose token it is; the signature is verified already. */
    AuthResult check(String token, TokenClaims claims, CallNotes notes) {
        ObjectValue tree = claims.tree();
        String namespace = tree.stringOrEmpty(CLAIM + "namespace");
        String secret = tree.stringOrEmpty(CLAIM + "secret.name");
        String account = tree.stringOrEmpty(CLAIM + "service-account.name");
        String uid = tree.stringOrEmpty(CLAIM + "service-account.uid");
        String problem = missing(claims, namespace, secret, account, uid);
        if (problem == null && lookup) {
            problem = stale(token, namespace, secret, account, uid, notes);
        }
        return problem != null
                ? new AuthResult.Refused(problem)
                : new AuthResult.Known(new ServiceAccountIdentity(namespace, account, uid).identity());
    }

    private static @Nullable String missing(
            TokenClaims claims, String namespace, String secret, String account, String uid) {
        if (claims.subject().isEmpty()) {
            return "sub claim is missing";
        }
        if (namespace.isEmpty()) {
            return "namespace claim is missing";
        }
        if (secret.isEmpty()) {
            return "secretName claim is missing";
        }
        if (account.isEmpty()) {
            return "serviceAccountName claim is missing";
        }
        if (uid.isEmpty()) {
            return "serviceAccountUID claim is missing";
        }
        return claims.subject().equals(ServiceAccountIdentity.user(namespace, account)) ? null : "sub claim is invalid";
    }

    private @Nullable String stale(
            String token, String namespace, String secret, String account, String uid, CallNotes notes) {
        ObjectValue kept = live.tree("secrets", namespace, secret);
        if (kept == null || ObjectMeta.of(kept).isDeleting()) {
            return INVALIDATED;
        }
        if (!isKept(kept.objectOrEmpty("data").stringOrEmpty("token"), token)) {
            return "token does not match server's copy";
        }
        LiveFacts.Facts found = live.find("serviceaccounts", namespace, account);
        if (found == null) {
            return "serviceaccounts \"" + account + "\" not found";
        }
        if (found.deleted() != null) {
            return "serviceaccount " + namespace + "/" + account + " has been deleted";
        }
        if (!found.uid().equals(uid)) {
            return "serviceaccount UID (" + found.uid() + ") does not match claim (" + uid + ")";
        }
        if (!ObjectMeta.of(kept).labels().stringOrEmpty(INVALID_SINCE).isEmpty()) {
            notes.annotate("authentication.k8s.io/legacy-token-invalidated", namespace + "/" + secret);
            return "the token in secret " + namespace + "/" + secret + " for service account " + namespace + "/"
                    + account
                    + " has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based"
                    + " tokens, or remove the '" + INVALID_SINCE
                    + "' label from the secret to temporarily allow use of this token";
        }
        return null;
    }

    private static boolean isKept(String base64, String token) {
        try {
            return MessageDigest.isEqual(Base64.getDecoder().decode(base64), token.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
