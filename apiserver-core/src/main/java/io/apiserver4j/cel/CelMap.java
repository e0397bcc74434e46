// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map, or an object with fields, in an expression. Whoever has values that cost something to make implements this. */
public interface CelMap {
    /** Number of entries. */
    int size();

    /** The value of a key, or null where there is none; may throw {@link CelEvaluationException}. */
    @Nullable
    Object get(Object key);

    /** The keys, in the order that comprehensions see. */
    List<Object> keys();

    /** The type of the value, as {@code type(x)} and messages tell it. */
    default CelType type() {
        return CelType.map(CelType.DYN, CelType.DYN);
    }

    /** A map of these values of expressions. */
    static CelMap of(Map<?, ?> entries) {
        return new PlainMap(new LinkedHashMap<>(entries), CelType.map(CelType.DYN, CelType.DYN));
    }
}
