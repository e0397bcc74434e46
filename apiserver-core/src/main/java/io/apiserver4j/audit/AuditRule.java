// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy; empty lists match everything.
 *
 * @param decision how much is kept of a call that matches
 */
record AuditRule(
        AuditDecision decision,
        Set<String> users,
        Set<String> groups,
        Set<String> verbs,
        List<Resources> resources,
        Set<String> namespaces,
        List<String> paths) {
    /** Resources of a group: {@code pods}, {@code pods/log}, {@code pods/*}, {@code *&#47;scale} or {@code *}. */
    record Resources(String group, List<String> resources, Set<String> names) {
        boolean match(Target.OfResource target) {
            if (!group.equals("*") && !group.equals(target.group())) {
                return false;
            }
            if (resources.isEmpty()) {
                return true;
            }
            if (!names.isEmpty() && !names.contains(target.name())) {
                return false;
            }
            for (String resource : resources) {
                if (isOne(resource, target.resource(), target.subresource())) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isOne(String said, String resource, String subresource) {
            if (said.equals("*")) {
                return true;
            }
            int slash = said.indexOf('/');
            if (slash < 0) {
                return subresource.isEmpty() && said.equals(resource);
            }
            String sub = said.substring(slash + 1);
            if (said.startsWith("*/")) {
                return !subresource.isEmpty() && sub.equals(subresource);
            }
            return said.length() - sub.length() - 1 == resource.length()
                    && said.startsWith(resource)
                    && (sub.equals("*") || !subresource.isEmpty() && sub.equals(subresource));
        }
    }

    boolean matches(@Nullable Identity identity, Target target) {
        if (!users.isEmpty() && (identity == null || !users.contains(identity.user()))) {
            return false;
        }
        if (!groups.isEmpty() && (identity == null || identity.groups().stream().noneMatch(groups::contains))) {
            return false;
        }
        if (!verbs.isEmpty() && !verbs.contains(target.verb().word())) {
            return false;
        }
        if (!namespaces.isEmpty() || !resources.isEmpty()) {
            return target instanceof Target.OfResource resource && matches(resource);
        }
        return paths.isEmpty() || target instanceof Target.OfPath path && isOn(path.path());
    }

    private boolean matches(Target.OfResource target) {
        return (namespaces.isEmpty() || namespaces.contains(target.namespace()))
                && (resources.isEmpty() || resources.stream().anyMatch(one -> one.match(target)));
    }

    private boolean isOn(String asked) {
        for (String path : paths) {
            if (path.equals("*")
                    || path.equals(asked)
                    || path.endsWith("*") && asked.startsWith(path.substring(0, path.length() - 1))) {
                return true;
            }
        }
        return false;
    }
}
