// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import org.jspecify.annotations.Nullable;

/** Field sets brought into line with a schema. */
final class SchemaSets {
    private SchemaSets() {}

    /**
     * The set with all named fields on the way to its paths: {@code spec.template.x} brings {@code spec} and
     * {@code spec.template}, but no entries of maps and no list items.
     */
    static FieldSet withNamedFields(FieldSet set, Schema schema) {
        return named(set, Typing.seen(schema));
    }

    private static FieldSet named(FieldSet set, @Nullable Schema schema) {
        FieldSet.Builder out = new FieldSet.Builder();
        for (int i = 0; i < set.steps(); i++) {
            FieldStep step = set.stepAt(i);
            FieldSet below = set.childAt(i);
            boolean named = below != null && schema != null && step.isField() && Typing.isNamed(schema, step.name());
            out.add(step, set.memberAt(i) || named, below == null ? null : named(below, inner(schema, step)));
        }
        return out.build();
    }

    private static @Nullable Schema inner(@Nullable Schema schema, FieldStep step) {
        if (schema == null) {
            return null;
        }
        if (step.isField()) {
            return schema.shape() == Shape.OBJECT || schema.shape() == Shape.MAP
                    ? Typing.memberOrNull(schema, step.name())
                    : null;
        }
        return step.isKey() && schema.shape() == Shape.LIST ? Typing.items(schema) : null;
    }

    /**
     * The set as it has to be read after the schema changed: who owned something below a value that is owned as one
     * now, owns that value. The same set where nothing of the kind is found.
     */
    static FieldSet reconciled(FieldSet set, Schema schema) {
        return reconcile(set, Typing.seen(schema));
    }

    private static FieldSet reconcile(FieldSet set, Schema schema) {
        FieldSet.Builder out = null;
        for (int i = 0; i < set.steps(); i++) {
            FieldStep step = set.stepAt(i);
            FieldSet below = set.childAt(i);
            boolean member = set.memberAt(i);
            FieldSet left = below;
            Schema inner = below == null ? null : innerOfItem(schema, step);
            if (below != null && inner != null) {
                if (inner.isAtomic() && !inner.shape().isScalar()) {
                    member = true;
                    left = null;
                } else if (!Typing.isDeduced(inner)) {
                    left = reconcile(below, inner);
                }
            }
            if (out == null && (left != below || member != set.memberAt(i))) {
                out = new FieldSet.Builder();
                for (int k = 0; k < i; k++) {
                    out.add(set.stepAt(k), set.memberAt(k), set.childAt(k));
                }
            }
            if (out != null) {
                out.add(step, member, left);
            }
        }
        return out == null ? set : out.build();
    }

    private static @Nullable Schema innerOfItem(Schema schema, FieldStep step) {
        return schema.shape() == Shape.LIST ? Typing.items(schema) : inner(schema, step);
    }
}
