// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that show the same objects: versions of one, and other groups over the same place in the store. */
final class EquivalentResources {
    private final LiveCatalog catalog;
    private volatile @Nullable Index index;

    /** Definitions by where they are kept, of one catalog. */
    private record Index(Catalog of, Map<String, List<ResourceDefinition>> byPrefix) {}

    EquivalentResources(LiveCatalog catalog) {
        this.catalog = catalog;
    }

    /** What a request may be seen as besides what it is. */
    List<Matched> of(AdmissionRequest request) {
        List<ResourceDefinition> related =
                index().byPrefix().getOrDefault(request.definition().storage().prefix(), List.of());
        if (related.size() <= 1 && request.definition().versions().size() <= 1) {
            return List.of();
        }
        List<Matched> out = new ArrayList<>();
        for (ResourceDefinition definition : related) {
            for (VersionDefinition version : definition.versions()) {
                Kind kind = kind(definition, version, request.subresource());
                boolean itself = definition.group().equals(request.definition().group())
                        && version.version().equals(request.version());
                if (kind != null && !itself) {
                    out.add(new Matched(definition, version, kind));
                }
            }
        }
        return out;
    }

    private static @Nullable Kind kind(ResourceDefinition definition, VersionDefinition version, String subresource) {
        if (subresource.isEmpty()) {
            return version.kind();
        }
        Subresource found = definition.subresource(version, subresource);
        return found == null ? null : found.kind();
    }

    private Index index() {
        Catalog now = catalog.current();
        Index known = index;
        if (known == null || known.of() != now) {
            Map<String, List<ResourceDefinition>> byPrefix = new HashMap<>();
            for (ResourceDefinition definition : now.definitions()) {
                byPrefix.computeIfAbsent(definition.storage().prefix(), p -> new ArrayList<>(1))
                        .add(definition);
            }
            known = new Index(now, byPrefix);
            index = known;
        }
        return known;
    }
}
