// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** The identity as the wire shows it (UserInfo of authentication.k8s.io); what is empty is left out. */
    public ObjectValue toUserInfo() {
        ObjectEditor out = ObjectValue.builder();
        if (!user.isEmpty()) {
            out.put("username", user);
        }
        if (!uid.isEmpty()) {
            out.put("uid", uid);
        }
        if (!groups.isEmpty()) {
            out.put("groups", ArrayValue.ofStrings(groups));
        }
        if (!extra.isEmpty()) {
            ObjectEditor shown = ObjectValue.builder();
            new TreeMap<>(extra).forEach((key, values) -> shown.put(key, ArrayValue.ofStrings(values)));
            out.put("extra", shown.build());
        }
        return out.build();
    }

    /** True where the identity is in a group. */
    public boolean in(String group) {
        return groups.contains(group);
    }
}
