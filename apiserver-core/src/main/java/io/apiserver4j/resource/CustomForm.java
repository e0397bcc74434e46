// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.codec.CustomShape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a version of a kind that users bring says of itself beyond its shape. Safe for use by several threads. */
public interface CustomForm extends CustomShape {
    /** The OpenAPI v3 schema as it was given. */
    ObjectValue document();

    /** The columns of tables as they were given; empty for the common ones. */
    ArrayValue columns();

    /** Where the scale's numbers stand, or null where the version has no scale. */
    @Nullable
    ScalePaths scale();

    /** The subresources of the version; those of its kind may be more. */
    Set<String> subresources();
}
