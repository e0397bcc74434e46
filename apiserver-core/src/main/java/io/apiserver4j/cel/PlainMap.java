// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map or object that an expression made. Keys that are equal numbers are one key. */
final class PlainMap implements CelMap {
    private final Map<Object, Object> entries;
    private final CelType type;

    PlainMap(Map<?, ?> entries, CelType type) {
        this.entries = new LinkedHashMap<>();
        entries.forEach((key, value) -> this.entries.put(Comparison.key(key), value));
        this.type = type;
    }

    PlainMap() {
        this(Map.of(), CelType.map(CelType.DYN, CelType.DYN));
    }

    /** Puts an entry; false where the key is there already. Only for the expression that made the map. */
    boolean insert(Object key, Object value) {
        return entries.putIfAbsent(Comparison.key(key), value) == null;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public @Nullable Object get(Object key) {
        return entries.get(Comparison.key(key));
    }

    @Override
    public List<Object> keys() {
        return new ArrayList<>(entries.keySet());
    }

    @Override
    public CelType type() {
        return type;
    }
}
