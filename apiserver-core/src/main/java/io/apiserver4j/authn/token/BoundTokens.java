// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that the server gave out for a time: they die with their service account, and with the pod, secret or node that they
 * are bound to. A deletion that has begun is told after a minute, since what is about to end may still have work to do.
 */
final class BoundTokens {
    private static final String INVALIDATED = "service account token has been invalidated";

    private final LiveFacts live;

    BoundTokens(LiveFacts live) {
        this.live = live;
    }

    /** Whose token it is; the signature is verified already. */
    AuthResult check(TokenClaims claims, Instant now, CallNotes notes) {
        ObjectValue own = claims.tree().objectOrEmpty("kubernetes.io");
        String namespace = own.stringOrEmpty("namespace");
        String problem = problem(own, namespace, now.minus(TokenClaims.LEEWAY));
        if (problem != null) {
            return new AuthResult.Refused(problem);
        }
        Instant warn = TokenClaims.time(own.get("warnafter"));
        if (warn != null && now.isAfter(warn)) {
            notes.annotate(
                    "authentication.k8s.io/stale-token",
                    "subject: " + claims.subject() + ", seconds after warning threshold: "
                            + (now.getEpochSecond() - warn.getEpochSecond()));
        }
        return new AuthResult.Known(identity(claims, own, namespace));
    }

    private static Identity identity(TokenClaims claims, ObjectValue own, String namespace) {
        ObjectValue account = own.objectOrEmpty("serviceaccount");
        ObjectValue pod = own.objectOrEmpty("pod");
        ObjectValue node = own.objectOrEmpty("node");
        String id = claims.id();
        return new ServiceAccountIdentity(namespace, account.stringOrEmpty("name"), account.stringOrEmpty("uid"))
                .with("pod-name", pod.stringOrEmpty("name"))
                .with("pod-uid", pod.stringOrEmpty("uid"))
                .with("credential-id", id.isEmpty() ? "" : "JTI=" + id)
                .with("node-name", node.stringOrEmpty("name"))
                .with("node-uid", node.stringOrEmpty("uid"))
                .identity();
    }

    private @Nullable String problem(ObjectValue own, String namespace, Instant deadline) {
        ObjectValue account = own.objectOrEmpty("serviceaccount");
        String name = account.stringOrEmpty("name");
        LiveFacts.Facts found = live.find("serviceaccounts", namespace, name);
        if (found == null) {
            return "serviceaccounts \"" + name + "\" not found";
        }
        if (found.deletedBefore(deadline)) {
            return "service account " + namespace + "/" + name + " has been deleted";
        }
        String uid = account.stringOrEmpty("uid");
        if (!found.uid().equals(uid)) {
            return "service account UID (" + found.uid() + ") does not match claim (" + uid + ")";
        }
        ObjectValue secret = own.getObject("secret");
        if (secret != null) {
            String problem =
                    gone("secrets", namespace, secret, deadline, "secret UID", "service account secret ref claim");
            if (problem != null) {
                return problem;
            }
        }
        ObjectValue pod = own.getObject("pod");
        if (pod != null) {
            // of a pod's node it is enough that the pod lives
            return gone("pods", namespace, pod, deadline, "pod UID", "service account pod ref claim");
        }
        ObjectValue node = own.getObject("node");
        return node == null ? null : gone("nodes", "", node, deadline, "node UID", "service account node ref claim");
    }

    private @Nullable String gone(
            String resource, String namespace, ObjectValue reference, Instant deadline, String what, String claim) {
        LiveFacts.Facts found = live.find(resource, namespace, reference.stringOrEmpty("name"));
        if (found == null || found.deletedBefore(deadline)) {
            return INVALIDATED;
        }
        String uid = reference.stringOrEmpty("uid");
        return found.uid().equals(uid)
                ? null
                : what + " (" + found.uid() + ") does not match " + claim + " (" + uid + ")";
    }
}
