// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of one node: a named type of a group, an anonymous list or map, or a scalar. Linked lazily, so recursive types
 * are possible; immutable to the outside and safe for use by several threads.
 */
public final class Schema {
    private final Shape shape;
    private final String name;
    private final @Nullable Schema items;
    private final ListKind listKind;
    private final List<String> listKeys;
    private final boolean atomic;
    private final boolean preserveUnknown;
    private volatile @Nullable List<SchemaField> fields;
    private volatile @Nullable Map<String, SchemaField> fieldsByName;

    private Schema(
            Shape shape,
            String name,
            @Nullable Schema items,
            ListKind listKind,
            List<String> listKeys,
            boolean atomic,
            boolean preserveUnknown) {
        this.shape = shape;
        this.name = name;
        this.items = items;
        this.listKind = listKind;
        this.listKeys = List.copyOf(listKeys);
        this.atomic = atomic;
        this.preserveUnknown = preserveUnknown;
    }

    /** A scalar, or {@link Shape#ANY}. */
    public static Schema scalar(Shape shape) {
        return new Schema(shape, "", null, ListKind.ATOMIC, List.of(), true, shape == Shape.ANY);
    }

    /** A list; {@code keys} only for {@link ListKind#MAP}. */
    public static Schema list(Schema items, ListKind kind, List<String> keys) {
        return new Schema(Shape.LIST, "", items, kind, keys, kind == ListKind.ATOMIC, false);
    }

    /** A map with free names; {@code atomic} where it is owned as one value. */
    public static Schema map(Schema values, boolean atomic) {
        return new Schema(Shape.MAP, "", values, ListKind.ATOMIC, List.of(), atomic, false);
    }

    /**
     * An object type whose fields are given later by {@link #link}.
     *
     * @param name the Go type as the facts name it ({@code api/core/v1.Container}), empty for anonymous ones
     * @param atomic true where the object is owned as one value (x-kubernetes-map-type: atomic)
     * @param preserveUnknown true where fields that are not described are kept
     */
    public static Schema object(String name, boolean atomic, boolean preserveUnknown) {
        return new Schema(Shape.OBJECT, name, null, ListKind.ATOMIC, List.of(), atomic, preserveUnknown);
    }

    /** Gives an object type its fields, in wire order; once. Returns this schema. */
    public Schema link(List<SchemaField> linked) {
        Map<String, SchemaField> byName = new HashMap<>(linked.size() * 2);
        for (SchemaField field : linked) {
            byName.put(field.name(), field);
        }
        fieldsByName = byName;
        fields = List.copyOf(linked);
        return this;
    }

    /** What is described. */
    public Shape shape() {
        return shape;
    }

    /** The type's name, empty for anonymous schemas. */
    public String name() {
        return name;
    }

    /** Schema of the items of a list or the values of a map; an error for other shapes. */
    public Schema items() {
        Schema inner = items;
        if (inner == null) {
            throw new IllegalStateException(shape + " has no items");
        }
        return inner;
    }

    /** How a list's items are told apart. */
    public ListKind listKind() {
        return listKind;
    }

    /** The key fields of a list of kind map. */
    public List<String> listKeys() {
        return listKeys;
    }

    /** True where the node is owned as one value. */
    public boolean isAtomic() {
        return atomic;
    }

    /** True where fields that are not described are kept. */
    public boolean preservesUnknown() {
        return preserveUnknown;
    }

    /** The fields of an object type, in wire order; empty for other shapes. */
    public List<SchemaField> fields() {
        List<SchemaField> known = fields;
        return known == null ? List.of() : known;
    }

    /** The field of a JSON name, or null. */
    public @Nullable SchemaField field(String jsonName) {
        Map<String, SchemaField> known = fieldsByName;
        return known == null ? null : known.get(jsonName);
    }

    /** The schema of a field's value, or null where there is no such field. */
    public @Nullable Schema fieldSchema(String jsonName) {
        SchemaField field = field(jsonName);
        return field == null ? null : field.schema();
    }

    @Override
    public String toString() {
        return name.isEmpty() ? shape.toString() : name;
    }
}
