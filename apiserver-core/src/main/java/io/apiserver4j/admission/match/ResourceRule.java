// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A rule about operations and resources (RuleWithOperations, NamedRuleWithOperations). Immutable.
 *
 * @param names the objects it is about; empty for all
 */
record ResourceRule(
        Set<String> operations,
        Set<String> groups,
        Set<String> versions,
        List<Part> resources,
        String scope,
        Set<String> names) {
    private static final String ANY = "*";

    /** {@code resource/subresource}, each a name or a star. */
    private record Part(String resource, String subresource) {
        boolean matches(String plural, String sub) {
            return (resource.equals(ANY) || resource.equals(plural))
                    && (subresource.equals(ANY) || subresource.equals(sub));
        }
    }

    static ResourceRule of(ObjectValue rule) {
        List<Part> parts = new ArrayList<>();
        for (String text : rule.arrayOrEmpty("resources").strings()) {
            int slash = text.indexOf('/');
            parts.add(slash < 0 ? new Part(text, "") : new Part(text.substring(0, slash), text.substring(slash + 1)));
        }
        return new ResourceRule(
                set(rule, "operations"),
                set(rule, "apiGroups"),
                set(rule, "apiVersions"),
                List.copyOf(parts),
                rule.stringOrEmpty("scope"),
                set(rule, "resourceNames"));
    }

    private static Set<String> set(ObjectValue rule, String name) {
        return Set.copyOf(rule.arrayOrEmpty(name).strings());
    }

    /** True where the rule is about a request that is seen as one of this resource; names are left out. */
    boolean matches(AdmissionRequest request, Resource resource) {
        return (operations.contains(request.operation().name()) || operations.contains(ANY))
                && has(groups, resource.group())
                && has(versions, resource.version())
                && hasResource(resource.resource(), request.subresource())
                && hasScope(request, resource);
    }

    /** True where the rule is about an object of this name, which is empty while it is to be generated. */
    boolean hasName(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private static boolean has(Set<String> items, String wanted) {
        return items.contains(wanted) || items.contains(ANY);
    }

    private boolean hasResource(String plural, String subresource) {
        for (Part part : resources) {
            if (part.matches(plural, subresource)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasScope(AdmissionRequest request, Resource resource) {
        if (scope.isEmpty() || scope.equals(ANY)) {
            return true;
        }
        boolean cluster = resource.group().isEmpty() && resource.resource().equals("namespaces")
                || request.seenNamespace().isEmpty();
        return scope.equals(cluster ? "Cluster" : "Namespaced");
    }
}
