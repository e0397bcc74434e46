// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** Trees with the members of every object by the alphabet, as custom objects are stored and shown. */
final class SortedTree {
    private SortedTree() {}

    /** The object in order; what is in order already is shared. */
    static ObjectValue of(ObjectValue object) {
        ObjectValue out = object.sorted();
        for (int i = 0; i < out.size(); i++) {
            Value member = out.valueAt(i);
            Value ordered = value(member);
            out = ordered == member ? out : out.with(out.keyAt(i), ordered);
        }
        return out;
    }

    private static Value value(Value value) {
        if (value instanceof ObjectValue object) {
            return of(object);
        }
        return value instanceof ArrayValue array ? array.map(SortedTree::value) : value;
    }
}
