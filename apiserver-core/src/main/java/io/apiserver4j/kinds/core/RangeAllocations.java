// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.ResourceDefinition;

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
        return ResourceDefinition.kept(
                KIND,
                RESOURCE,
                "rangeallocation",
                new ResourceDefinition.StorageLocation("/registry/ranges", KIND.group(), KIND.version(), 0));
    }
}
