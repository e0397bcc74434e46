// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Values that somebody else keeps. */
record Asked(Header header, List<String> labels, Supplier<Map<List<String>, Double>> source) implements Family {
    @Override
    public void write(StringBuilder out) {
        Map<List<String>, Double> values = source.get();
        if (values.isEmpty()) {
            return;
        }
        header.write(out);
        Map<String, List<String>> sorted = new TreeMap<>();
        values.keySet().forEach(key -> sorted.put(String.join("\u0000", key), key));
        sorted.values().forEach(key -> header.sample(out, "", labels, key, values.getOrDefault(key, 0.0)));
    }
}
