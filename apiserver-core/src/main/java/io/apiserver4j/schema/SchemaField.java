// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named field of an object schema.
 *
 * @param name the JSON name
 * @param schema what the field holds
 * @param omit when the wire leaves the field out
 * @param pointer true where the typed form tells "absent" from "empty" (a zero value is kept when it was given)
 * @param required true where the published schema requires it
 * @param defaultValue the default that is published, or null
 * @param enumValues the closed set of values, empty where there is none
 * @param wireNumber the protobuf field number, 0 where there is none
 * @param patchStrategy strategic-merge strategy: empty, {@code merge}, {@code replace}, {@code retainKeys} or several
 *     with commas
 * @param patchMergeKey the key field of strategic merge, or empty
 * @param embedded the embedded Go struct that the field belongs to, or null where it is the type's own
 */
public record SchemaField(
        String name,
        Schema schema,
        Omit omit,
        boolean pointer,
        boolean required,
        @Nullable Value defaultValue,
        List<String> enumValues,
        int wireNumber,
        String patchStrategy,
        String patchMergeKey,
        @Nullable Embedded embedded) {
    /** A field of the type itself. */
    public SchemaField(
            String name,
            Schema schema,
            Omit omit,
            boolean pointer,
            boolean required,
            @Nullable Value defaultValue,
            List<String> enumValues,
            int wireNumber,
            String patchStrategy,
            String patchMergeKey) {
        this(
                name,
                schema,
                omit,
                pointer,
                required,
                defaultValue,
                enumValues,
                wireNumber,
                patchStrategy,
                patchMergeKey,
                null);
    }

    /** The same field as it stands in a type that embeds its own. */
    SchemaField inside(Embedded struct) {
        return new SchemaField(
                name,
                schema,
                omit,
                pointer,
                required,
                defaultValue,
                enumValues,
                wireNumber,
                patchStrategy,
                patchMergeKey,
                struct);
    }

    /** When a field with nothing in it is left out of JSON. */
    public enum Omit {
        /** Always written, an absent value as its zero (null for lists, maps and pointers). */
        NEVER,
        /** Left out when it is the zero of a scalar, or an empty list, map or text, or an absent pointer. */
        EMPTY,
        /** Left out when the whole value is zero (objects without pointer, times). */
        ZERO
    }
}
