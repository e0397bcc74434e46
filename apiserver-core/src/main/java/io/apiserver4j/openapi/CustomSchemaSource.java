// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** Knows the schemas that custom kinds came with. */
@FunctionalInterface
public interface CustomSchemaSource {
    /** Knows none: documents show what the compiled shapes say. */
    CustomSchemaSource NONE = (definition, version) -> null;

    /** The OpenAPI v3 schema of a version as it was given, or null; must be quick. */
    @Nullable
    ObjectValue schema(ResourceDefinition definition, String version);
}
