// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.discovery.RemoteGroups.RemoteVersion;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All groups in their order, those of the catalog and those that others serve. */
final class Groups {
    private final List<Group> ordered;

    /** A group; versions in their order, the preferred one first. */
    record Group(String name, int priority, List<Version> versions) {}

    /** A version; {@code remote} where another server answers it. */
    record Version(String name, @Nullable RemoteVersion remote) {}

    Groups(Catalog catalog, List<RemoteVersion> remotes) {
        Map<String, List<RemoteVersion>> byGroup = new HashMap<>();
        for (RemoteVersion remote : remotes) {
            byGroup.computeIfAbsent(remote.group(), g -> new ArrayList<>()).add(remote);
        }
        List<Group> groups = new ArrayList<>();
        for (String name : catalog.groups()) {
            List<Version> versions = new ArrayList<>();
            catalog.versions(name).forEach(version -> versions.add(new Version(version, null)));
            versions.addAll(versions(byGroup.getOrDefault(name, List.of()), catalog));
            groups.add(new Group(name, GroupPriorities.of(name), versions));
            byGroup.remove(name);
        }
        byGroup.forEach((name, all) -> groups.add(new Group(
                name, all.stream().mapToInt(RemoteVersion::groupPriority).max().orElse(0), versions(all, catalog))));
        groups.sort(Comparator.comparingInt(Group::priority)
                .reversed()
                .thenComparing(group -> group.versions().get(0).name() + "." + group.name()));
        ordered = List.copyOf(groups);
    }

    private static List<Version> versions(List<RemoteVersion> remotes, Catalog catalog) {
        return remotes.stream()
                .filter(remote -> !catalog.versions(remote.group()).contains(remote.version()))
                .sorted(Comparator.comparingInt(RemoteVersion::versionPriority)
                        .reversed()
                        .thenComparing(RemoteVersion::version, VersionOrder.PREFERRED_FIRST))
                .map(remote -> new Version(remote.version(), remote))
                .toList();
    }

    /** All but the core. */
    List<Group> named() {
        return ordered.stream().filter(group -> !group.name().isEmpty()).toList();
    }

    /** The group of a name, or null. */
    @Nullable
    Group find(String name) {
        for (Group group : ordered) {
            if (group.name().equals(name)) {
                return group;
            }
        }
        return null;
    }
}
