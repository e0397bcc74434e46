// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.List;
import java.util.Map;

/** Who acts: user name, uid, groups and extra facts. Immutable. */
public record Identity(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    /** The group that may do everything. */
    public static final String MASTERS = "system:masters";

    /** The group of everybody who said who they are. */
    public static final String AUTHENTICATED = "system:authenticated";

    /** The group of everybody else. */
    public static final String UNAUTHENTICATED = "system:unauthenticated";

    /** Nobody in particular. */
    public static final Identity ANONYMOUS = new Identity("system:anonymous", "", List.of(UNAUTHENTICATED), Map.of());

    /** The server itself, when it calls its own door. */
    public static final Identity LOOPBACK =
            new Identity("system:apiserver", "", List.of(AUTHENTICATED, MASTERS), Map.of());

    /** Copies the collections. */
    public Identity {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** An identity of a name and groups. */
    public static Identity of(String user, String... groups) {
        return new Identity(user, "", List.of(groups), Map.of());
    }

    /** True where the identity is in a group. */
    public boolean in(String group) {
        return groups.contains(group);
    }
}
