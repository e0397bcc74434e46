// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of a role: verbs on resources of groups (on some names, or all), or verbs on paths. Immutable.
 *
 * @param names the only names it speaks of; empty for all
 * @param paths paths that are no resources, {@code *} at the end for what begins so
 */
public record PolicyRule(
        List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> paths) {
    /** Everything about every resource. */
    public static final PolicyRule ALL_RESOURCES =
            new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of());

    /** Everything about every path. */
    public static final PolicyRule ALL_PATHS =
            new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*"));

    /** Copies the lists. */
    public PolicyRule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        paths = List.copyOf(paths);
    }

    /** The rule of a document. */
    public static PolicyRule of(ObjectValue rule) {
        return new PolicyRule(
                rule.arrayOrEmpty("verbs").strings(),
                rule.arrayOrEmpty("apiGroups").strings(),
                rule.arrayOrEmpty("resources").strings(),
                rule.arrayOrEmpty("resourceNames").strings(),
                rule.arrayOrEmpty("nonResourceURLs").strings());
    }

    /** The rules of a role. */
    public static List<PolicyRule> ofRole(ObjectValue role) {
        List<PolicyRule> out = new ArrayList<>();
        role.arrayOrEmpty("rules").objects().forEach(rule -> out.add(of(rule)));
        return out;
    }

    /** The document of this rule. */
    public ObjectValue toObject() {
        ObjectEditor out = ObjectValue.builder().put("verbs", ArrayValue.ofStrings(verbs));
        put(out, "apiGroups", groups);
        put(out, "resources", resources);
        put(out, "resourceNames", names);
        put(out, "nonResourceURLs", paths);
        return out.build();
    }

    private static void put(ObjectEditor out, String member, List<String> texts) {
        if (!texts.isEmpty()) {
            out.put(member, ArrayValue.ofStrings(texts));
        }
    }

    /** True where this rule allows what is asked. */
    public boolean allows(AccessAttributes asked) {
        if (!any(verbs, asked.verb())) {
            return false;
        }
        if (!asked.resourceRequest()) {
            return coversPath(asked.path());
        }
        return any(groups, asked.group())
                && allowsResource(asked.resource(), asked.subresource())
                && (names.isEmpty() || names.contains(asked.name()));
    }

    private static boolean any(List<String> allowed, String asked) {
        for (int i = 0; i < allowed.size(); i++) {
            String one = allowed.get(i);
            if (one.equals("*") || one.equals(asked)) {
                return true;
            }
        }
        return false;
    }

    private boolean allowsResource(String resource, String subresource) {
        for (int i = 0; i < resources.size(); i++) {
            String one = resources.get(i);
            if (one.equals("*")
                    || (subresource.isEmpty() ? one.equals(resource) : isPart(one, resource, subresource))) {
                return true;
            }
        }
        return false;
    }

    /** True where a text is {@code resource/subresource}, or stands for the subresource of any resource. */
    private static boolean isPart(String one, String resource, String subresource) {
        int slash = one.length() - subresource.length() - 1;
        return slash > 0
                && one.charAt(slash) == '/'
                && one.endsWith(subresource)
                && (slash == 1 && one.charAt(0) == '*' || slash == resource.length() && one.startsWith(resource));
    }

    private boolean coversPath(String path) {
        for (int i = 0; i < paths.size(); i++) {
            if (coversPath(paths.get(i), path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean coversPath(String rule, String path) {
        if (rule.equals(path)) {
            return true;
        }
        int end = rule.length();
        while (end > 0 && rule.charAt(end - 1) == '*') {
            end--;
        }
        return end < rule.length() && path.regionMatches(0, rule, 0, end);
    }

    /** This rule cut into rules of one verb, group, resource and name each, or of one verb and path each. */
    List<PolicyRule> parts() {
        List<PolicyRule> out = new ArrayList<>();
        for (String group : groups) {
            for (String resource : resources) {
                for (String verb : verbs) {
                    for (List<String> name : names.isEmpty() ? List.of(List.<String>of()) : singles(names)) {
                        out.add(new PolicyRule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
                    }
                }
            }
        }
        for (String path : paths) {
            for (String verb : verbs) {
                out.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
            }
        }
        return out;
    }

    private static List<List<String>> singles(List<String> texts) {
        return texts.stream().map(List::of).toList();
    }

    /** True where this rule gives all that a part of a rule gives. */
    boolean covers(PolicyRule part) {
        return (verbs.contains("*") || verbs.containsAll(part.verbs))
                && (groups.contains("*") || groups.containsAll(part.groups))
                && coversResources(part.resources)
                && (names.isEmpty() || !part.names.isEmpty() && names.containsAll(part.names))
                && part.paths.stream().allMatch(this::coversPath);
    }

    private boolean coversResources(List<String> asked) {
        if (resources.contains("*")) {
            return true;
        }
        for (String one : asked) {
            int slash = one.indexOf('/');
            if (!resources.contains(one) && (slash < 0 || !resources.contains("*" + one.substring(slash)))) {
                return false;
            }
        }
        return true;
    }

    /** What of some rules others do not give, cut into parts. */
    public static List<PolicyRule> uncovered(List<PolicyRule> owned, List<PolicyRule> asked) {
        List<PolicyRule> out = new ArrayList<>();
        for (PolicyRule rule : asked) {
            for (PolicyRule part : rule.parts()) {
                if (owned.stream().noneMatch(one -> one.covers(part))) {
                    out.add(part);
                }
            }
        }
        return out;
    }

    /** The rule as messages show it. */
    public String shown() {
        List<String> out = new ArrayList<>();
        show(out, "APIGroups", groups);
        show(out, "Resources", resources);
        show(out, "NonResourceURLs", paths);
        show(out, "ResourceNames", names);
        show(out, "Verbs", verbs);
        return "{" + String.join(", ", out) + "}";
    }

    private static void show(List<String> out, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            out.add(name + ":" + quoted(texts));
        }
    }

    /** Texts as Go prints a list of them by {@code %q}. */
    public static String quoted(List<String> texts) {
        StringBuilder out = new StringBuilder("[");
        for (String text : texts) {
            out.append(out.length() > 1 ? " " : "").append(GoText.quote(text));
        }
        return out.append(']').toString();
    }
}
