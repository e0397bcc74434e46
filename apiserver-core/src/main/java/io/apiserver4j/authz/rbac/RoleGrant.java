// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.rbac;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A binding: whom it gives which role, in its namespace or (where that is empty) everywhere.
 *
 * @param roleKind {@code Role} or {@code ClusterRole}
 */
record RoleGrant(String namespace, String name, String roleKind, String roleName, List<Subject> subjects) {
    private static final String ACCOUNT = "system:serviceaccount:";

    /** Somebody in a binding; the namespace is that of a service account. */
    record Subject(String kind, String namespace, String name) {
        /** The user or group that this is; accounts are users. */
        String key() {
            return switch (kind) {
                case "User" -> userKey(name);
                case "Group" -> groupKey(name);
                default -> userKey(ACCOUNT + namespace + ":" + name);
            };
        }

        boolean is(Identity identity) {
            return switch (kind) {
                case "User" -> identity.user().equals(name);
                case "Group" -> identity.in(name);
                default -> identity.user().equals(ACCOUNT + namespace + ":" + name);
            };
        }

        private String shown() {
            return kind + " " + GoText.quote(kind.equals("ServiceAccount") ? name + "/" + namespace : name);
        }
    }

    static String userKey(String name) {
        return "u:" + name;
    }

    static String groupKey(String name) {
        return "g:" + name;
    }

    /** The grant of a RoleBinding or ClusterRoleBinding. */
    static RoleGrant of(ObjectValue binding) {
        ObjectMeta meta = ObjectMeta.of(binding);
        List<Subject> subjects = new ArrayList<>();
        for (ObjectValue subject : binding.arrayOrEmpty("subjects").objects()) {
            String kind = subject.stringOrEmpty("kind");
            String namespace = subject.stringOrEmpty("namespace");
            boolean account = kind.equals("ServiceAccount");
            String home = account && namespace.isEmpty() ? meta.namespace() : namespace;
            if (kind.equals("User") || kind.equals("Group") || account && !home.isEmpty()) {
                subjects.add(new Subject(kind, account ? home : "", subject.stringOrEmpty("name")));
            }
        }
        ObjectValue role = binding.objectOrEmpty("roleRef");
        return new RoleGrant(
                meta.namespace(), meta.name(), role.stringOrEmpty("kind"), role.stringOrEmpty("name"), subjects);
    }

    /** The keys of all subjects. */
    Set<String> keys() {
        Set<String> out = new LinkedHashSet<>();
        subjects.forEach(subject -> out.add(subject.key()));
        return out;
    }

    /** This grant to somebody, as reasons show it. */
    String shown(Identity identity) {
        String kind = namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding";
        String full = namespace.isEmpty() ? name : name + "/" + namespace;
        String whom = subjects.stream()
                .filter(subject -> subject.is(identity))
                .findFirst()
                .map(Subject::shown)
                .orElse("");
        return kind + " " + GoText.quote(full) + " of " + roleKind + " " + GoText.quote(roleName) + " to " + whom;
    }
}
