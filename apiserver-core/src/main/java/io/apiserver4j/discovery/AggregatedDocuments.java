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

/** Discovery in one document, of apidiscovery.k8s.io/v2: groups, their versions and their resources. */
final class AggregatedDocuments {
    private final Catalog catalog;

    AggregatedDocuments(Catalog catalog) {
        this.catalog = catalog;
    }

    /** {@code /api}: the core. */
    ObjectValue core() {
        return list(catalog.versions("").isEmpty() ? List.of() : List.of(group("")));
    }

    /** {@code /apis}: all other groups. */
    ObjectValue named() {
        List<Value> groups = new ArrayList<>();
        for (String group : catalog.groups()) {
            if (!group.isEmpty()) {
                groups.add(group(group));
            }
        }
        return list(groups);
    }

    private static ObjectValue list(List<Value> groups) {
        return ObjectValue.builder()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/v2")
                .put("metadata", ObjectValue.EMPTY)
                .put("items", ArrayValue.of(groups))
                .build();
    }

    private ObjectValue group(String group) {
        List<Value> versions = new ArrayList<>();
        for (String version : catalog.versions(group)) {
            versions.add(version(new GroupVersion(group, version)));
        }
        return ObjectValue.builder()
                .put("metadata", group.isEmpty() ? ObjectValue.EMPTY : ObjectValue.of("name", Value.of(group)))
                .put("versions", ArrayValue.of(versions))
                .build();
    }

    private ObjectValue version(GroupVersion groupVersion) {
        List<Value> resources = new ArrayList<>();
        for (ResourceDefinition definition : catalog.definitions()) {
            if (definition.group().equals(groupVersion.group()) && definition.version(groupVersion.version()) != null) {
                resources.add(resource(definition));
            }
        }
        return ObjectValue.builder()
                .put("version", groupVersion.version())
                .put("resources", ArrayValue.of(resources))
                .put("freshness", "Current")
                .build();
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
