// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where servers that share a store keep what they gave away of a range. Stored as other objects are, and never served. */
public final class RangeAllocations {
    /** The name that the store is asked for by. */
    public static final String RESOURCE = "rangeallocations";

    private static final Kind KIND = new Kind("", "v1", "RangeAllocation");

    private static final ResourceDefinition DEFINITION = make();

    private RangeAllocations() {}

    /** The definition that the objects are stored by. */
    public static ResourceDefinition definition() {
        return DEFINITION;
    }

    private static ResourceDefinition make() {
        return new ResourceDefinition(
                "",
                RESOURCE,
                "rangeallocation",
                KIND.kind(),
                KIND.kind() + "List",
                List.of(),
                List.of(),
                false,
                List.of(VersionDefinition.stored(KIND, RangeAllocations::schema)),
                Set.of(),
                Map.of(),
                Strategy.NONE,
                SelectableFields.NONE,
                new ResourceDefinition.StorageLocation("/registry/ranges", KIND.group(), KIND.version(), 0),
                false);
    }

    private static Schema schema() {
        Schema schema = SchemaFacts.builtin().kind(KIND);
        if (schema == null) {
            throw new IllegalStateException("no facts of " + KIND);
        }
        return schema;
    }
}
