// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import org.jspecify.annotations.Nullable;

/** One evaluation under way: variables found so far, variables of comprehensions, and what it has cost. */
final class Frame {
    private final CelBindings bindings;
    private final CelType[] types;
    private final String[] names;
    private final @Nullable Object[] globals;
    private final long limit;
    final Object[] locals;
    private long cost;

    Frame(CelBindings bindings, String[] names, CelType[] types, int locals, long limit) {
        this.bindings = bindings;
        this.names = names;
        this.types = types;
        this.globals = new Object[names.length];
        this.locals = new Object[locals];
        this.limit = limit;
    }

    Object global(int position) {
        Object known = globals[position];
        if (known == null) {
            Object found = bindings.find(names[position]);
            if (found == null) {
                throw new CelEvaluationException("no such attribute(s): " + names[position]);
            }
            known = found instanceof io.apiserver4j.value.Value tree ? CelValues.of(tree, types[position]) : found;
            globals[position] = known;
        }
        return known;
    }

    void charge(long more) {
        cost += more;
        if (cost > limit) {
            throw new CelCostException();
        }
    }

    long cost() {
        return cost;
    }
}
