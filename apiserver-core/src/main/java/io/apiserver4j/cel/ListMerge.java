// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Addition of lists that a schema calls sets or maps: items keep their places, new ones go last. */
final class ListMerge {
    private ListMerge() {}

    private record Merged(List<Object> all, CelType.ListForm form, List<String> keys) implements CelList {
        @Override
        public int size() {
            return all.size();
        }

        @Override
        public Object get(int position) {
            return all.get(position);
        }
    }

    static CelList sets(CelList left, CelList right) {
        List<Object> out = new ArrayList<>(left.items());
        for (Object item : right.items()) {
            if (out.stream().noneMatch(have -> Comparison.equal(have, item))) {
                out.add(item);
            }
        }
        return new Merged(out, left.form(), left.keys());
    }

    static CelList maps(CelList left, CelList right) {
        Map<List<Object>, Object> out = new LinkedHashMap<>(Comparison.byKey(left, left.keys()));
        out.putAll(Comparison.byKey(right, left.keys()));
        return new Merged(new ArrayList<>(out.values()), left.form(), left.keys());
    }
}
