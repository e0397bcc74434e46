// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.flowcontrol;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rule of a FlowSchema: who asks, and for what. */
final class FlowRules {
    private static final Choice VERBS =
            Choice.of("get", "list", "create", "update", "delete", "deletecollection", "patch", "watch", "proxy");
    private static final Choice KINDS = Choice.of("ServiceAccount", "Group", "User");
    private static final String ALL = "*";

    private static final Map<String, String> MEMBER_OF_KIND = membersOfKinds();

    private FlowRules() {}

    private static Map<String, String> membersOfKinds() {
        // in the order in which wrong members are told
        Map<String, String> members = new LinkedHashMap<>();
        members.put("ServiceAccount", "serviceAccount");
        members.put("User", "user");
        members.put("Group", "group");
        return members;
    }

    static void check(ObjectValue rule, ValuePath path, FieldErrors errors) {
        ArrayValue subjects = rule.arrayOrEmpty("subjects");
        if (subjects.isEmpty()) {
            errors.required(path.field("subjects"), "subjects must contain at least one value");
        }
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.objectAt(i), path.field("subjects").index(i), errors);
        }
        ArrayValue resources = rule.arrayOrEmpty("resourceRules");
        ArrayValue others = rule.arrayOrEmpty("nonResourceRules");
        if (resources.isEmpty() && others.isEmpty()) {
            errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (int i = 0; i < resources.size(); i++) {
            resourceRule(resources.objectAt(i), path.field("resourceRules").index(i), errors);
        }
        for (int i = 0; i < others.size(); i++) {
            nonResourceRule(others.objectAt(i), path.field("nonResourceRules").index(i), errors);
        }
    }

    private static void subject(ObjectValue subject, ValuePath path, FieldErrors errors) {
        String kind = subject.stringOrEmpty("kind");
        String own = MEMBER_OF_KIND.get(kind);
        if (own == null) {
            KINDS.check(kind, path.field("kind"), errors);
            return;
        }
        ObjectValue details = subject.getObject(own);
        if (details == null) {
            errors.required(path.field(own), own + " is required when subject kind is '" + kind + "'");
        } else if (kind.equals("ServiceAccount")) {
            serviceAccount(details, path.field(own), errors);
        } else if (details.stringOrEmpty("name").isEmpty()) {
            errors.required(path.field(own).field("name"), "");
        }
        MEMBER_OF_KIND.forEach((otherKind, member) -> {
            if (!member.equals(own) && subject.getObject(member) != null) {
                errors.forbidden(
                        path.field(member), member + " is forbidden when subject kind is not '" + otherKind + "'");
            }
        });
    }

    private static void serviceAccount(ObjectValue account, ValuePath path, FieldErrors errors) {
        String name = account.stringOrEmpty("name");
        if (name.isEmpty()) {
            errors.required(path.field("name"), "");
        } else if (!name.equals(ALL)) {
            errors.invalidAll(path.field("name"), name, NameRule.DNS_SUBDOMAIN.problems(name, false));
        }
        String namespace = account.stringOrEmpty("namespace");
        if (namespace.isEmpty()) {
            errors.required(path.field("namespace"), "must specify namespace for service account");
        } else {
            errors.invalidAll(path.field("namespace"), namespace, NameRules.dns1123Label(namespace));
        }
    }

    private static void resourceRule(ObjectValue rule, ValuePath path, FieldErrors errors) {
        verbs(rule, path, errors);
        allOrSome(rule, "apiGroups", "resource rules must supply at least one api group", "api groups", path, errors);
        allOrSome(rule, "resources", "resource rules must supply at least one resource", "resources", path, errors);
        List<String> namespaces = allOrSome(
                rule,
                "namespaces",
                rule.isTrue("clusterScope")
                        ? null
                        : "resource rules that are not cluster scoped must supply at least one namespace",
                "namespaces",
                path,
                errors);
        for (int i = 0; i < namespaces.size() && !namespaces.contains(ALL); i++) {
            for (String problem : NameRules.dns1123Label(namespaces.get(i))) {
                errors.invalid(
                        path.field("namespaces").index(i),
                        namespaces.get(i),
                        "each member of this list must be '*' or a DNS-1123 label; " + problem);
            }
        }
    }

    private static void nonResourceRule(ObjectValue rule, ValuePath path, FieldErrors errors) {
        verbs(rule, path, errors);
        List<String> urls = allOrSome(
                rule,
                "nonResourceURLs",
                "nonResourceURLs must contain at least one value",
                "non-resource URLs",
                path,
                errors);
        for (int i = 0; i < urls.size() && !urls.contains(ALL); i++) {
            String problem = urlProblem(urls.get(i));
            if (problem != null) {
                errors.invalid(path.field("nonResourceURLs").index(i), urls.get(i), problem);
            }
        }
    }

    private static void verbs(ObjectValue rule, ValuePath path, FieldErrors errors) {
        List<String> verbs = allOrSome(rule, "verbs", "verbs must contain at least one value", "verbs", path, errors);
        if (!verbs.contains(ALL) && !VERBS.supported().containsAll(verbs)) {
            errors.notSupportedShown(path.field("verbs"), FieldErrors.json(verbs), VERBS.supported());
        }
    }

    /** A list that may say "all" by a star alone. */
    private static List<String> allOrSome(
            ObjectValue rule,
            String name,
            @Nullable String whenEmpty,
            String others,
            ValuePath path,
            FieldErrors errors) {
        List<String> values = rule.arrayOrEmpty(name).strings();
        if (values.isEmpty() && whenEmpty != null) {
            errors.required(path.field(name), whenEmpty);
        } else if (values.size() > 1 && values.contains(ALL)) {
            errors.invalidShown(
                    path.field(name), FieldErrors.json(values), "if '*' is present, must not specify other " + others);
        }
        return values;
    }

    private static @Nullable String urlProblem(String url) {
        if (url.isEmpty()) {
            return "must not be empty";
        }
        if (url.equals("/")) {
            return null;
        }
        if (!url.startsWith("/")) {
            return "must start with slash";
        }
        if (url.indexOf(' ') >= 0) {
            return "must not contain white-space";
        }
        if (url.contains("//")) {
            return "must not contain double slash";
        }
        int star = url.indexOf('*');
        return star >= 0 && (star != url.length() - 1 || !url.endsWith("/*"))
                ? "wildcard can only do suffix matching"
                : null;
    }
}
