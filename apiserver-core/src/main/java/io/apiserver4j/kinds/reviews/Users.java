// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.TreeMap;

/** Identities as the wire shows them (UserInfo). */
final class Users {
    private Users() {}

    /** The document of an identity. */
    static ObjectValue info(Identity identity) {
        ObjectEditor out = ObjectValue.builder();
        if (!identity.user().isEmpty()) {
            out.put("username", identity.user());
        }
        if (!identity.uid().isEmpty()) {
            out.put("uid", identity.uid());
        }
        if (!identity.groups().isEmpty()) {
            out.put("groups", ArrayValue.ofStrings(identity.groups()));
        }
        if (!identity.extra().isEmpty()) {
            ObjectEditor extra = ObjectValue.builder();
            new TreeMap<>(identity.extra()).forEach((key, values) -> extra.put(key, ArrayValue.ofStrings(values)));
            out.put("extra", extra.build());
        }
        return out.build();
    }
}
