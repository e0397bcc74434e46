// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of discovery one by one, of meta.k8s.io/v1: versions, groups, a group, the resources of a version. */
final class LegacyDocuments {
    private final Catalog catalog;
    private final Groups groups;

    LegacyDocuments(Catalog catalog, Groups groups) {
        this.catalog = catalog;
        this.groups = groups;
    }

    /** {@code /api}; the kinds of the core API carry no version of their own there. */
    ObjectValue versions(String serverAddress) {
        ObjectValue address = ObjectValue.builder()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", serverAddress)
                .build();
        return ObjectValue.builder()
                .put("kind", "APIVersions")
                .put("versions", ArrayValue.ofStrings(catalog.versions("")))
                .put("serverAddressByClientCIDRs", ArrayValue.of(address))
                .build();
    }

    /** {@code /apis}. */
    ObjectValue groups() {
        List<Value> all = new ArrayList<>();
        groups.named().forEach(group -> all.add(group(ObjectValue.builder(), group)));
        return ObjectValue.builder()
                .put("kind", "APIGroupList")
                .put("apiVersion", "v1")
                .put("groups", ArrayValue.of(all))
                .build();
    }

    /** {@code /apis/<group>}, or null where nothing is served in the group. */
    @Nullable
    ObjectValue group(String name) {
        Groups.Group group = groups.find(name);
        return group == null
                ? null
                : group(ObjectValue.builder().put("kind", "APIGroup").put("apiVersion", "v1"), group);
    }

    private static ObjectValue group(ObjectEditor out, Groups.Group group) {
        List<Value> versions = new ArrayList<>();
        for (Groups.Version version : group.versions()) {
            versions.add(ObjectValue.builder()
                    .put("groupVersion", new GroupVersion(group.name(), version.name()).toString())
                    .put("version", version.name())
                    .build());
        }
        return out.put("name", group.name())
                .put("versions", ArrayValue.of(versions))
                .put("preferredVersion", versions.get(0))
                .build();
    }

    /** {@code /api/<version>} and {@code /apis/<group>/<version>}, or null where there is no such version. */
    @Nullable
    ObjectValue resources(GroupVersion groupVersion) {
        if (!catalog.has(groupVersion)) {
            return null;
        }
        List<Value> resources = new ArrayList<>();
        for (ResourceDefinition definition : catalog.definitions()) {
            if (definition.group().equals(groupVersion.group()) && definition.version(groupVersion.version()) != null) {
                add(definition, resources);
            }
        }
        ObjectEditor out = ObjectValue.builder().put("kind", "APIResourceList");
        if (!groupVersion.group().isEmpty()) {
            out.put("apiVersion", "v1");
        }
        return out.put("groupVersion", groupVersion.toString())
                .put("resources", ArrayValue.of(resources))
                .build();
    }

    private static void add(ResourceDefinition definition, List<Value> out) {
        if (!definition.verbs().isEmpty()) {
            ObjectEditor main = ObjectValue.builder()
                    .put("name", definition.plural())
                    .put("singularName", definition.singular())
                    .put("namespaced", definition.namespaced())
                    .put("kind", definition.kind())
                    .put("verbs", VerbOrder.of(definition));
            texts(main, "shortNames", definition.shortNames());
            texts(main, "categories", definition.categories());
            String hash = StorageHash.of(definition);
            if (!hash.isEmpty()) {
                main.put("storageVersionHash", hash);
            }
            out.add(main.build());
        }
        for (Subresource subresource : definition.subresources().values()) {
            ObjectEditor one = ObjectValue.builder()
                    .put("name", definition.plural() + "/" + subresource.name())
                    .put("singularName", "")
                    .put("namespaced", definition.namespaced());
            if (isForeign(definition, subresource)) {
                one.put("group", subresource.kind().group())
                        .put("version", subresource.kind().version());
            }
            out.add(one.put("kind", subresource.kind().kind())
                    .put("verbs", VerbOrder.sorted(subresource.verbs()))
                    .build());
        }
    }

    /** True where a subresource speaks a kind of another group: only then discovery says which. */
    static boolean isForeign(ResourceDefinition definition, Subresource subresource) {
        return !subresource.kind().group().equals(definition.group());
    }

    static void texts(ObjectEditor out, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            out.put(name, ArrayValue.ofStrings(texts));
        }
    }
}
