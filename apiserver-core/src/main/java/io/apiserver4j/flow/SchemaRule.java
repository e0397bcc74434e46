// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** One rule of a flow schema: somebody who asks for something. */
record SchemaRule(List<Subject> subjects, List<OfResources> resources, List<OfPaths> paths) {
    private static final String ACCOUNT = "system:serviceaccount:";

    /** A user, a group, or a service account; the name may be an asterisk. */
    record Subject(String kind, String namespace, String name) {
        static Subject of(ObjectValue subject) {
            String kind = subject.stringOrEmpty("kind");
            ObjectValue who = switch (kind) {
                case "User" -> subject.objectOrEmpty("user");
                case "Group" -> subject.objectOrEmpty("group");
                default -> subject.objectOrEmpty("serviceAccount");
            };
            return new Subject(kind, who.stringOrEmpty("namespace"), who.stringOrEmpty("name"));
        }

        boolean matches(Identity identity) {
            boolean any = name.equals("*");
            return switch (kind) {
                case "User" -> any || name.equals(identity.user());
                case "Group" -> any || identity.in(name);
                case "ServiceAccount" -> isAccount(identity.user(), any);
                default -> false;
            };
        }

        private boolean isAccount(String user, boolean any) {
            int at = ACCOUNT.length();
            if (!user.startsWith(ACCOUNT) || !user.startsWith(namespace, at)) {
                return false;
            }
            at += namespace.length();
            return at < user.length()
                    && user.charAt(at) == ':'
                    && (any || user.length() == at + 1 + name.length() && user.endsWith(name));
        }
    }

    /** Verbs on resources. */
    record OfResources(Names verbs, Names groups, Names resources, Names namespaces, boolean clusterScope) {
        static OfResources of(ObjectValue rule) {
            return new OfResources(
                    Names.of(rule.arrayOrEmpty("verbs")),
                    Names.of(rule.arrayOrEmpty("apiGroups")),
                    Names.of(rule.arrayOrEmpty("resources")),
                    Names.of(rule.arrayOrEmpty("namespaces")),
                    rule.isTrue("clusterScope"));
        }

        boolean matches(Target.OfResource target) {
            return verbs.has(target.verb().word())
                    && (resources.all() || resources.has(resource(target)))
                    && groups.has(target.group())
                    && (target.namespace().isEmpty() ? clusterScope : namespaces.has(target.namespace()));
        }

        private static String resource(Target.OfResource target) {
            return target.subresource().isEmpty() ? target.resource() : target.resource() + "/" + target.subresource();
        }
    }

    /** Verbs on other paths; a path stands for all below it, with or without an asterisk at its end. */
    record OfPaths(Names verbs, List<String> paths) {
        static OfPaths of(ObjectValue rule) {
            return new OfPaths(
                    Names.of(rule.arrayOrEmpty("verbs")),
                    rule.arrayOrEmpty("nonResourceURLs").strings());
        }

        boolean matches(Target target) {
            return verbs.has(target.verb().word()) && paths.stream().anyMatch(path -> isOn(target.path(), path));
        }

        private static boolean isOn(String asked, String path) {
            if (path.equals("*") || path.equals(asked)) {
                return true;
            }
            int end = path.endsWith("*") ? path.length() - 1 : path.length();
            if (!asked.regionMatches(0, path, 0, end)) {
                return false;
            }
            return end > 0 && path.charAt(end - 1) == '/' || asked.startsWith("/", end);
        }
    }

    static SchemaRule of(ObjectValue rule) {
        return new SchemaRule(
                rule.arrayOrEmpty("subjects").objects().stream()
                        .map(Subject::of)
                        .toList(),
                rule.arrayOrEmpty("resourceRules").objects().stream()
                        .map(OfResources::of)
                        .toList(),
                rule.arrayOrEmpty("nonResourceRules").objects().stream()
                        .map(OfPaths::of)
                        .toList());
    }

    boolean matches(Identity identity, Target target) {
        for (Subject subject : subjects) {
            if (subject.matches(identity)) {
                return matches(target);
            }
        }
        return false;
    }

    private boolean matches(Target target) {
        if (target instanceof Target.OfResource resource) {
            for (OfResources rule : resources) {
                if (rule.matches(resource)) {
                    return true;
                }
            }
            return false;
        }
        for (OfPaths rule : paths) {
            if (rule.matches(target)) {
                return true;
            }
        }
        return false;
    }
}
