// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a reading stands, kept so that a step costs nothing and texts are only made when they are needed. One address
 * has two printed forms: the one of strict findings, with indexes and map keys, and the one of type errors, which names
 * Go fields alone.
 */
final class ReadingPath {
    /** A {@link SchemaField}, a map key, or null for an item of a list. */
    private @Nullable Object[] steps = new Object[32];

    /** The type that a field belongs to. */
    private @Nullable Schema[] owners = new Schema[32];

    private int[] indexes = new int[32];
    private int depth;

    void enter(Schema owner, SchemaField field) {
        grow();
        owners[depth] = owner;
        steps[depth++] = field;
    }

    void enterKey(String key) {
        grow();
        owners[depth] = null;
        steps[depth++] = key;
    }

    void enterItem() {
        grow();
        owners[depth] = null;
        steps[depth++] = null;
    }

    /** The item that is read now, after {@link #enterItem}. */
    void at(int index) {
        indexes[depth - 1] = index;
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    private void grow() {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
            owners = Arrays.copyOf(owners, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
    }

    /** The address of a member of the node that is read now, as strict findings print it. */
    String strict(String member) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            Object step = steps[i];
            if (step == null) {
                out.append('[').append(indexes[i]).append(']');
            } else {
                dot(out).append(step instanceof SchemaField field ? field.name() : step);
            }
        }
        return dot(out).append(member).toString();
    }

    private static StringBuilder dot(StringBuilder out) {
        return out.length() == 0 ? out : out.append('.');
    }

    /**
     * The end of the decoder's message about a value that does not fit.
     *
     * @param outermost how deep the type may stand that the message names; types with a reader of their own hide what
     *     is inside of them
     */
    String into(String goType, int outermost) {
        StringBuilder fields = new StringBuilder();
        String struct = "";
        for (int i = 0; i < depth; i++) {
            Schema owner = owners[i];
            if (steps[i] instanceof SchemaField field && owner != null) {
                embedded(fields, field.embedded());
                fields.append('.').append(field.name());
                if (i < outermost) {
                    struct = owner.goType().substring(owner.goType().lastIndexOf('.') + 1);
                }
            }
        }
        return fields.length() == 0
                ? " into Go value of type " + goType
                : " into Go struct field " + struct + fields + " of type " + goType;
    }

    private static void embedded(StringBuilder out, @Nullable Embedded struct) {
        if (struct != null) {
            embedded(out, struct.outer());
            out.append('.').append(struct.name());
        }
    }
}
