// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.ArrayValue;
import java.util.List;

/** An array of a tree; items become values when they are asked for. */
final class TreeListView implements CelList {
    private final ArrayValue tree;
    private final CelType type;

    TreeListView(ArrayValue tree, CelType type) {
        this.tree = tree;
        this.type = type;
    }

    ArrayValue tree() {
        return tree;
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public Object get(int position) {
        return CelValues.of(tree.get(position), type.element());
    }

    @Override
    public CelType.ListForm form() {
        return type.listForm();
    }

    @Override
    public List<String> keys() {
        return type.listKeys();
    }
}
