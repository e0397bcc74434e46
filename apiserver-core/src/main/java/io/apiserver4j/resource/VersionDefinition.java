// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One served version of a resource.
 *
 * @param kind group, version and kind
 * @param schemaSource gives the schema; asked when the version is first touched
 * @param toStorage from this version's tree to the stored version's tree (apiVersion included)
 * @param fromStorage the other way round
 * @param identity true where stored and served form are the same tree, so that stored bytes can be served
 * @param deprecation what clients of the version are warned with at each call, or the empty text
 */
public record VersionDefinition(
        Kind kind,
        Supplier<Schema> schemaSource,
        UnaryOperator<ObjectValue> toStorage,
        UnaryOperator<ObjectValue> fromStorage,
        boolean identity,
        String deprecation) {
    /** A version that nobody is warned of. */
    public VersionDefinition(
            Kind kind,
            Supplier<Schema> schemaSource,
            UnaryOperator<ObjectValue> toStorage,
            UnaryOperator<ObjectValue> fromStorage,
            boolean identity) {
        this(kind, schemaSource, toStorage, fromStorage, identity, "");
    }

    /** A version that is stored as it is. */
    public static VersionDefinition stored(Kind kind, Supplier<Schema> schemaSource) {
        return new VersionDefinition(kind, schemaSource, UnaryOperator.identity(), UnaryOperator.identity(), true);
    }

    /** This version with a warning for its clients. */
    public VersionDefinition withDeprecation(String warning) {
        return new VersionDefinition(kind, schemaSource, toStorage, fromStorage, identity, warning);
    }

    /** The version's name. */
    public String version() {
        return kind.version();
    }

    /** The shape of objects in this version. */
    public Schema schema() {
        return schemaSource.get();
    }
}
