// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a tree as a map or as an object with fields; members become values when they are asked for. */
final class TreeMapView implements CelMap {
    private final ObjectValue tree;
    private final CelType type;

    TreeMapView(ObjectValue tree, CelType type) {
        this.tree = tree;
        this.type = type;
    }

    ObjectValue tree() {
        return tree;
    }

    private boolean hasFields() {
        return type.kind() == CelType.Kind.OBJECT;
    }

    @Override
    public int size() {
        return hasFields() ? keys().size() : tree.size();
    }

    @Override
    public @Nullable Object get(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        if (hasFields()) {
            CelType.Field field = type.field(name);
            Value member = field == null ? null : tree.get(field.jsonName());
            return member == null || field == null ? null : CelValues.of(member, field.type());
        }
        Value member = tree.get(name);
        return member == null
                ? null
                : CelValues.of(member, type.kind() == CelType.Kind.MAP ? type.element() : CelType.DYN);
    }

    @Override
    public List<Object> keys() {
        List<Object> out = new ArrayList<>(tree.size());
        if (hasFields()) {
            type.fields().forEach((name, field) -> {
                if (tree.has(field.jsonName())) {
                    out.add(name);
                }
            });
            return out;
        }
        for (int i = 0; i < tree.size(); i++) {
            out.add(tree.keyAt(i));
        }
        return out;
    }

    @Override
    public CelType type() {
        return hasFields() ? type : CelType.map(CelType.STRING, CelType.DYN);
    }
}
