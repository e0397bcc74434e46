// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.request.Identity;

/** Says whether an identity may do something. One instance serves all calls, on the calls' threads; may block. */
@FunctionalInterface
public interface Authorizer {
    /** Allows, denies, or has no opinion. */
    Decision authorize(AccessAttributes attributes);

    /** The name under which a chain tells its reasons, {@code rbac}; empty where they are told as they are. */
    default String name() {
        return "";
    }

    /** What it gives somebody in a namespace; an authorizer that can't tell in advance says that it doesn't know. */
    default RuleReview rules(Identity identity, String namespace) {
        return RuleReview.UNKNOWN;
    }
}
