// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayList;
import java.util.List;

/** A list that an expression made; adding to the longest one of a family costs no copy. One thread, as evaluation has. */
final class GrowingList implements CelList {
    private final List<Object> items;
    private final int size;

    GrowingList(List<?> items) {
        this.items = new ArrayList<>(items);
        this.size = items.size();
    }

    private GrowingList(List<Object> shared, int size) {
        this.items = shared;
        this.size = size;
    }

    /** Both lists after each other. */
    GrowingList plus(CelList more) {
        List<Object> base = items.size() == size ? items : new ArrayList<>(items.subList(0, size));
        for (int i = 0; i < more.size(); i++) {
            base.add(more.get(i));
        }
        return new GrowingList(base, base.size());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object get(int position) {
        return items.get(position);
    }
}
