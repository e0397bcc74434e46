// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One served version of a resource.
 *
 * @param kind group, version and kind
 * @param schemaSource gives the schema; asked when the version is first touched
 * @param toStorage from this version's tree to the stored version's tree (apiVersion included)
 * @param fromStorage the other way round
 * @param identity true where stored and served form are the same tree, so that stored bytes can be served
 * @param deprecation what clients of the version are warned with at each call, or the empty text
 * @param form how documents of a custom kind become objects, and what else it came with; null for built-in kinds, whose
 *     documents are read by their schema
 */
public record VersionDefinition(
        Kind kind,
        Supplier<Schema> schemaSource,
        UnaryOperator<ObjectValue> toStorage,
        UnaryOperator<ObjectValue> fromStorage,
        boolean identity,
        String deprecation,
        @Nullable CustomForm form) {
    /** A version that nobody is warned of. */
    public VersionDefinition(
            Kind kind,
            Supplier<Schema> schemaSource,
            UnaryOperator<ObjectValue> toStorage,
            UnaryOperator<ObjectValue> fromStorage,
            boolean identity) {
        this(kind, schemaSource, toStorage, fromStorage, identity, "", null);
    }

    /** A version that is stored as it is. */
    public static VersionDefinition stored(Kind kind, Supplier<Schema> schemaSource) {
        return new VersionDefinition(kind, schemaSource, UnaryOperator.identity(), UnaryOperator.identity(), true);
    }

    /** This version with a warning for its clients. */
    public VersionDefinition withDeprecation(String warning) {
        return new VersionDefinition(kind, schemaSource, toStorage, fromStorage, identity, warning, form);
    }

    /** Where the scale's numbers stand, or null where the version has no scale. */
    public @Nullable ScalePaths scale() {
        return form == null ? ScalePaths.STANDARD : form.scale();
    }

    /** The way from the stored version where others carry it out; null where it is made here. */
    public @Nullable RemoteConversion remote() {
        return fromStorage instanceof RemoteConversion conversion ? conversion : null;
    }

    /** Stored objects in this version. */
    public List<ObjectValue> allFromStorage(List<ObjectValue> stored) {
        RemoteConversion conversion = remote();
        if (identity) {
            return stored;
        }
        return conversion != null
                ? conversion.applyAll(stored)
                : stored.stream().map(fromStorage).toList();
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
