// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An immutable snapshot of all that is served. */
public final class Catalog {
    private final List<ResourceDefinition> definitions;
    private final Map<String, ResourceDefinition> byPath = new HashMap<>();
    private final Map<String, ResourceDefinition> byGroupResource = new HashMap<>();
    private final Map<Kind, ResourceDefinition> byKind = new HashMap<>();
    private final Map<String, Set<String>> versionsOfGroup = new LinkedHashMap<>();
    private final Set<String> builtInGroups = new HashSet<>();

    /** A catalog of these definitions; groups are listed in the order they come. */
    public Catalog(Collection<ResourceDefinition> definitions) {
        this.definitions = List.copyOf(definitions);
        for (ResourceDefinition definition : this.definitions) {
            byGroupResource.putIfAbsent(definition.groupResource(), definition);
            if (!definition.custom()) {
                builtInGroups.add(definition.group());
            }
            for (VersionDefinition version : definition.versions()) {
                byPath.put(key(definition.group(), version.version(), definition.plural()), definition);
                if (!definition.verbs().isEmpty()) {
                    byKind.putIfAbsent(version.kind(), definition);
                }
                versionsOfGroup
                        .computeIfAbsent(definition.group(), g -> new TreeSet<>(VersionOrder.PREFERRED_FIRST))
                        .add(version.version());
            }
        }
    }

    private static String key(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    /** The definition behind a path, or null. */
    public @Nullable ResourceDefinition find(String group, String version, String plural) {
        return byPath.get(key(group, version, plural));
    }

    /** The definition of a kind, or null. */
    public @Nullable ResourceDefinition find(Kind kind) {
        return byKind.get(kind);
    }

    /** The definition of a resource by its plural name and group ({@code pods}, {@code deployments.apps}), or null. */
    public @Nullable ResourceDefinition find(String groupResource) {
        return byGroupResource.get(groupResource);
    }

    /** All definitions. */
    public List<ResourceDefinition> definitions() {
        return definitions;
    }

    /** The groups, in order; the core is the empty text. */
    public List<String> groups() {
        return new ArrayList<>(versionsOfGroup.keySet());
    }

    /** True where the group has kinds that no definition of a user brought; others answer as if they were not there. */
    public boolean isBuiltIn(String group) {
        return builtInGroups.contains(group);
    }

    /** The versions of a group, the preferred one first; empty where there is no such group. */
    public List<String> versions(String group) {
        return List.copyOf(versionsOfGroup.getOrDefault(group, Set.of()));
    }

    /** True where the group has the version. */
    public boolean has(GroupVersion groupVersion) {
        return versionsOfGroup.getOrDefault(groupVersion.group(), Set.of()).contains(groupVersion.version());
    }
}
