// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the classes of computed cells put them. Filled once, then only read. */
final class CellRegistry {
    private final Map<String, Cell> byName = new HashMap<>();

    /** Adds a cell under a name of its own. */
    void cell(String name, Cell cell) {
        if (byName.put(name, cell) != null) {
            throw new IllegalStateException("two cells of the name " + name);
        }
    }

    /** Adds a cell that is a text. */
    void text(String name, Function<Row, String> text) {
        cell(name, row -> Value.of(text.apply(row)));
    }

    @Nullable
    Cell find(String name) {
        return byName.get(name);
    }
}
