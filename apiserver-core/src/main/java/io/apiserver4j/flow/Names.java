// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.value.ArrayValue;
import java.util.List;
import java.util.Set;

/** A list of names in a rule: some, or all by a single asterisk. */
record Names(boolean all, Set<String> some) {
    static Names of(ArrayValue list) {
        List<String> names = list.strings();
        return new Names(names.size() == 1 && names.get(0).equals("*"), Set.copyOf(names));
    }

    boolean has(String name) {
        return all || some.contains(name);
    }
}
