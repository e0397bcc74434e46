// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;

/** The group rbac.authorization.k8s.io. */
final class RbacDefaults {
    private RbacDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of("api/rbac/v1.Subject", RbacDefaults::subject);
    }

    private static ObjectValue subject(ObjectValue subject) {
        return switch (subject.stringOrEmpty("kind")) {
            case "User", "Group" -> Fill.absent(subject, "apiGroup", "rbac.authorization.k8s.io");
            default -> subject;
        };
    }
}
