// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Objects that only count as objects. */
record ObjectCount(List<String> names) implements Usage {
    static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);

    /** The name by which objects of any resource are counted. */
    static String nameOf(String groupResource) {
        return "count/" + groupResource;
    }

    @Override
    public List<String> matching(Set<String> asked) {
        return names.stream().filter(asked::contains).sorted().toList();
    }

    @Override
    public Map<String, Quantity> of(ObjectValue object) {
        Map<String, Quantity> out = new TreeMap<>();
        names.forEach(name -> out.put(name, ONE));
        return out;
    }
}
