// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.AbstractList;
import java.util.List;

/** A list in an expression. Items are values of expressions, never null. */
public interface CelList {
    /** Number of items. */
    int size();

    /** The item at a position from 0. */
    Object get(int position);

    /** Equality of the list. */
    default CelType.ListForm form() {
        return CelType.ListForm.ATOMIC;
    }

    /** Keys of items where the form is {@link CelType.ListForm#MAP}. */
    default List<String> keys() {
        return List.of();
    }

    /** A list of these values of expressions. */
    static CelList of(List<?> items) {
        return new GrowingList(List.copyOf(items));
    }

    /** The items as a list that reads through. */
    default List<Object> items() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return CelList.this.get(index);
            }

            @Override
            public int size() {
                return CelList.this.size();
            }
        };
    }
}
