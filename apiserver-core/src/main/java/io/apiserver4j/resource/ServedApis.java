// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which of the built-in APIs a server has: what is left out is neither served nor found in discovery and OpenAPI. Immutable.
 * The core group is the empty text.
 */
public final class ServedApis {
    private static final Set<String> CORE =
            Set.of("configmaps", "events", "namespaces", "resourcequotas", "secrets", "serviceaccounts");
    private static final Set<String> GROUPS = Set.of(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "rbac.authorization.k8s.io");

    private static final ServedApis ALL = new ServedApis((definition, version) -> true);
    private static final ServedApis CONTROL_PLANE = new ServedApis((definition, version) ->
            definition.group().isEmpty() ? CORE.contains(definition.plural()) : GROUPS.contains(definition.group()));

    private final BiPredicate<ResourceDefinition, String> rule;

    private ServedApis(BiPredicate<ResourceDefinition, String> rule) {
        this.rule = rule;
    }

    /** All that Kubernetes serves by default. */
    public static ServedApis all() {
        return ALL;
    }

    /**
     * What a control plane without containers has: namespaces, configuration, events, access, admission, and the means to
     * bring kinds of one's own; no pods, nodes and services, nor anything that makes or places them.
     */
    public static ServedApis controlPlane() {
        return CONTROL_PLANE;
    }

    /** These without a group. */
    public ServedApis withoutGroup(String group) {
        return and((definition, version) -> !definition.group().equals(group));
    }

    /** These without a version of a group. */
    public ServedApis withoutVersion(String group, String version) {
        return and((definition, one) -> !definition.group().equals(group) || !one.equals(version));
    }

    /** These without a resource and its subresources, by plural name and group: {@code pods}, {@code deployments.apps}. */
    public ServedApis withoutResource(String groupResource) {
        return and((definition, version) -> !definition.groupResource().equals(groupResource));
    }

    /** Those of these that a rule keeps, asked with the definition and the name of a version. */
    public ServedApis and(BiPredicate<ResourceDefinition, String> more) {
        return new ServedApis(rule.and(more));
    }

    /**
     * What is left of definitions.
     *
     * @throws IllegalArgumentException where namespaces are left out, without which there is no server
     */
    public List<ResourceDefinition> of(List<ResourceDefinition> definitions) {
        if (this == ALL) {
            return definitions;
        }
        List<ResourceDefinition> out = new ArrayList<>();
        for (ResourceDefinition definition : definitions) {
            List<VersionDefinition> versions = definition.versions().stream()
                    .filter(version -> rule.test(definition, version.version()))
                    .toList();
            if (!versions.isEmpty()) {
                out.add(
                        versions.size() == definition.versions().size()
                                ? definition
                                : definition.withVersions(versions));
            }
        }
        if (out.stream().noneMatch(one -> one.groupResource().equals("namespaces"))) {
            throw new IllegalArgumentException("there is no server without namespaces");
        }
        return out;
    }
}
