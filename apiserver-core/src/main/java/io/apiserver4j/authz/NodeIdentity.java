// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.request.Identity;
import org.jspecify.annotations.Nullable;

/** Who acts for a node: users {@code system:node:NAME} of the group {@code system:nodes}. */
public final class NodeIdentity {
    /** What names of users that act for nodes begin with. */
    public static final String USER = "system:node:";

    /** The group of those that act for nodes. */
    public static final String GROUP = "system:nodes";

    private NodeIdentity() {}

    /** The node that somebody acts for; null for everybody else, empty where the node has no name. */
    public static @Nullable String nodeOf(Identity identity) {
        return identity.user().startsWith(USER) && identity.in(GROUP)
                ? identity.user().substring(USER.length())
                : null;
    }
}
