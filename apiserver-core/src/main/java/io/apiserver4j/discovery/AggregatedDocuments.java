// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.discovery.RemoteGroups.RemoteVersion;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Discovery in one document, of apidiscovery.k8s.io/v2: groups, their versions and their resources. */
final class AggregatedDocuments {
    private final Catalog catalog;
    private final Groups groups;

    AggregatedDocuments(Catalog catalog, Groups groups) {
        this.catalog = catalog;
        this.groups = groups;
    }

    /** {@code /api}: the core. */
    ObjectValue core() {
        Groups.Group core = groups.find("");
        return list(core == null ? List.of() : List.of(core));
    }

    /** {@code /apis}: all other groups. */
    ObjectValue named() {
        return list(groups.named());
    }

    private ObjectValue list(List<Groups.Group> shown) {
        List<Value> items = new ArrayList<>(shown.size());
        shown.forEach(group -> items.add(group(group)));
        return ObjectValue.builder()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/v2")
                .put("metadata", ObjectValue.EMPTY)
                .put("items", ArrayValue.of(items))
                .build();
    }

    private ObjectValue group(Groups.Group group) {
        List<Value> versions = new ArrayList<>();
        for (Groups.Version version : group.versions()) {
            RemoteVersion remote = version.remote();
            versions.add(
                    remote == null
                            ? version(version.name(), local(group.name(), version.name()), true)
                            : version(version.name(), remote.resources(), remote.fresh()));
        }
        return ObjectValue.builder()
                .put(
                        "metadata",
                        group.name().isEmpty() ? ObjectValue.EMPTY : ObjectValue.of("name", Value.of(group.name())))
                .put("versions", ArrayValue.of(versions))
                .build();
    }

    private static ObjectValue version(String name, List<ObjectValue> resources, boolean fresh) {
        ObjectEditor out = ObjectValue.builder().put("version", name);
        if (!resources.isEmpty()) {
            out.put("resources", ArrayValue.of(resources));
        }
        return out.put("freshness", fresh ? "Current" : "Stale").build();
    }

    private List<ObjectValue> local(String group, String version) {
        List<ObjectValue> resources = new ArrayList<>();
        for (ResourceDefinition definition : catalog.definitions()) {
            if (definition.group().equals(group) && definition.version(version) != null) {
                resources.add(resource(definition));
            }
        }
        return resources;
    }

    private static ObjectValue resource(ResourceDefinition definition) {
        ObjectEditor out = ObjectValue.builder().put("resource", definition.plural());
        boolean served = !definition.verbs().isEmpty();
        if (served) {
            out.put("responseKind", kind("", "", definition.kind()));
        }
        out.put("scope", definition.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", definition.singular())
                .put("verbs", served ? VerbOrder.of(definition) : Value.nul());
        LegacyDocuments.texts(out, "shortNames", definition.shortNames());
        LegacyDocuments.texts(out, "categories", definition.categories());
        if (!definition.subresources().isEmpty()) {
            List<Value> subresources = new ArrayList<>();
            for (Subresource one : definition.subresources().values()) {
                subresources.add(subresource(definition, one));
            }
            out.put("subresources", ArrayValue.of(subresources));
        }
        return out.build();
    }

    private static ObjectValue subresource(ResourceDefinition definition, Subresource one) {
        boolean foreign = LegacyDocuments.isForeign(definition, one);
        return ObjectValue.builder()
                .put("subresource", one.name())
                .put(
                        "responseKind",
                        kind(
                                foreign ? one.kind().group() : "",
                                foreign ? one.kind().version() : "",
                                one.kind().kind()))
                .put("verbs", VerbOrder.sorted(one.verbs()))
                .build();
    }

    /** Kinds of the group version itself come without both, as the legacy documents that they are made of have them. */
    private static ObjectValue kind(String group, String version, String kind) {
        return ObjectValue.builder()
                .put("group", group)
                .put("version", version)
                .put("kind", kind)
                .build();
    }
}
