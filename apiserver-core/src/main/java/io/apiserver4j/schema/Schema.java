// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The shape of one node: a named type of a group, an anonymous list or map, or a scalar. Linked lazily, so recursive
 * types are possible; immutable to the outside and safe for use by several threads.
 */
public final class Schema {
    private final Shape shape;
    private final String name;
    private final String goType;
    private final @Nullable Schema items;
    private final ListKind listKind;
    private final List<String> listKeys;
    private final boolean atomic;
    private final boolean preserveUnknown;
    private final AnyForm anyForm;
    private @Nullable Schema origin;
    private volatile @Nullable Supplier<List<SchemaField>> source;
    private volatile @Nullable LinkedFields linked;

    Schema(
            Shape shape,
            String name,
            String goType,
            @Nullable Schema items,
            ListKind listKind,
            List<String> listKeys,
            boolean atomic,
            boolean preserveUnknown,
            AnyForm anyForm) {
        this.shape = shape;
        this.name = name;
        this.goType = goType;
        this.items = items;
        this.listKind = listKind;
        this.listKeys = List.copyOf(listKeys);
        this.atomic = atomic;
        this.preserveUnknown = preserveUnknown;
        this.anyForm = anyForm;
    }

    /** A scalar, or {@link Shape#ANY}. */
    public static Schema scalar(Shape shape) {
        return scalar(shape, shape.goType());
    }

    /** A scalar whose Go type has a name of its own ({@code v1.PullPolicy}), which messages print. */
    public static Schema scalar(Shape shape, String goType) {
        return new Schema(
                shape, "", goType, null, ListKind.ATOMIC, List.of(), true, shape == Shape.ANY, AnyForm.UNTYPED);
    }

    /** A list; {@code keys} only for {@link ListKind#MAP}. */
    public static Schema list(Schema items, ListKind kind, List<String> keys) {
        return list("[]" + items.goType, items, kind, keys);
    }

    /** A list whose Go type prints as {@code goType}. */
    static Schema list(String goType, Schema items, ListKind kind, List<String> keys) {
        boolean whole = kind == ListKind.ATOMIC;
        return new Schema(Shape.LIST, "", goType, items, kind, keys, whole, false, AnyForm.UNTYPED);
    }

    /** A map with free names; {@code atomic} where it is owned as one value. */
    public static Schema map(Schema values, boolean atomic) {
        return map("map[string]" + values.goType, values, atomic);
    }

    /** A map whose Go type prints as {@code goType}. */
    static Schema map(String goType, Schema values, boolean atomic) {
        return new Schema(Shape.MAP, "", goType, values, ListKind.ATOMIC, List.of(), atomic, false, AnyForm.UNTYPED);
    }

    /**
     * An object type whose fields are given later by {@link #link}.
     *
     * @param name the Go type as the facts name it ({@code api/core/v1.Container}), empty for anonymous ones
     * @param atomic true where the object is owned as one value (x-kubernetes-map-type: atomic)
     * @param preserveUnknown true where fields that are not described are kept
     */
    public static Schema object(String name, boolean atomic, boolean preserveUnknown) {
        return new Schema(
                Shape.OBJECT,
                name,
                name.substring(name.lastIndexOf('/') + 1),
                null,
                ListKind.ATOMIC,
                List.of(),
                atomic,
                preserveUnknown,
                AnyForm.UNTYPED);
    }

    /** Gives an object type its fields, in wire order; once. Returns this schema. */
    public Schema link(List<SchemaField> fields) {
        linked = new LinkedFields(fields);
        return this;
    }

    /** Gives an object type the way to get its fields, asked when they are first needed. Returns this schema. */
    public Schema linkLazily(Supplier<List<SchemaField>> fields) {
        source = fields;
        return this;
    }

    /** The same list or map under a name. */
    Schema withName(String given) {
        return new Schema(shape, given, goType, items, listKind, listKeys, atomic, preserveUnknown, anyForm);
    }

    /** The same object type, owned the other way; it shares the fields. */
    Schema withAtomic(boolean whole) {
        if (whole == atomic) {
            return this;
        }
        Schema other = new Schema(shape, name, goType, items, listKind, listKeys, whole, preserveUnknown, anyForm);
        other.origin = this;
        return other;
    }

    /** What is described. */
    public Shape shape() {
        return shape;
    }

    /** The type's name, empty for anonymous schemas. */
    public String name() {
        return name;
    }

    /** The type as Go prints it in messages: {@code string}, {@code v1.PullPolicy}, {@code []v1.Container}. */
    public String goType() {
        return goType;
    }

    /** Which of the types behind {@link Shape#ANY} this is. */
    public AnyForm anyForm() {
        return anyForm;
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
        return linked().list();
    }

    /** The field of a JSON name, or null. */
    public @Nullable SchemaField field(String jsonName) {
        LinkedFields fields = linked();
        int position = fields.position(jsonName, 0);
        return position < 0 ? null : fields.at(position);
    }

    /** The schema of a field's value, or null where there is no such field. */
    public @Nullable Schema fieldSchema(String jsonName) {
        SchemaField field = field(jsonName);
        return field == null ? null : field.schema();
    }

    /** The fields in the form that the engines walk. */
    LinkedFields linked() {
        LinkedFields known = linked;
        if (known == null) {
            Supplier<List<SchemaField>> lazy = source;
            Schema shared = origin;
            if (shared != null) {
                known = shared.linked();
            } else if (lazy != null) {
                known = new LinkedFields(lazy.get()); // racy, but every thread makes the same fields
            } else {
                return LinkedFields.NONE;
            }
            linked = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? goType : name;
    }
}
