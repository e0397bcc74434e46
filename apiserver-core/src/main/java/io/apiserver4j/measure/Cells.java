// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The values of a name by the values of its labels. */
final class Cells<T> {
    private final List<String> labels;
    private final Supplier<T> fresh;
    private final Map<List<String>, T> cells = new ConcurrentHashMap<>();

    Cells(List<String> labels, Supplier<T> fresh) {
        this.labels = labels;
        this.fresh = fresh;
        if (labels.isEmpty()) {
            cells.put(List.of(), fresh.get());
        }
    }

    List<String> labels() {
        return labels;
    }

    T of(String... values) {
        List<String> key = Arrays.asList(values);
        T known = cells.get(key);
        if (known != null) {
            return known;
        }
        if (values.length != labels.size()) {
            throw new IllegalArgumentException("values " + key + " for labels " + labels);
        }
        return cells.computeIfAbsent(List.of(values), k -> fresh.get());
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    /** All cells, sorted, so that two texts can be compared. */
    void forEach(BiConsumer<List<String>, T> each) {
        Map<String, List<String>> sorted = new TreeMap<>();
        cells.keySet().forEach(key -> sorted.put(String.join("\u0000", key), key));
        sorted.values().forEach(key -> {
            T cell = cells.get(key);
            if (cell != null) {
                each.accept(key, cell);
            }
        });
    }
}
