// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** All that one server counts, by name. Asking for a name again gives what was made first. */
public final class Measures {
    /** The content type of {@link #text()}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /** Something that only grows. */
    public Counter counter(String name, String help, String... labels) {
        return (Counter)
                families.computeIfAbsent(name, n -> new Counter(new Header(n, help, "counter"), List.of(labels)));
    }

    /** Something that goes up and down. */
    public Gauge gauge(String name, String help, String... labels) {
        return (Gauge) families.computeIfAbsent(name, n -> new Gauge(new Header(n, help, "gauge"), List.of(labels)));
    }

    /** How often values fall below each of the bounds, which come in rising order. */
    public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return (Histogram) families.computeIfAbsent(
                name, n -> new Histogram(new Header(n, help, "histogram"), bounds.clone(), List.of(labels)));
    }

    /** A gauge whose only value is asked for when somebody looks. */
    public void gaugeOf(String name, String help, DoubleSupplier value) {
        families.put(
                name,
                new Asked(new Header(name, help, "gauge"), List.of(), () -> Map.of(List.of(), value.getAsDouble())));
    }

    /** A counter whose only value is asked for when somebody looks. */
    public void counterOf(String name, String help, DoubleSupplier value) {
        families.put(
                name,
                new Asked(new Header(name, help, "counter"), List.of(), () -> Map.of(List.of(), value.getAsDouble())));
    }

    /** A gauge whose values are asked for when somebody looks, by the values of its labels. */
    public void gaugesOf(String name, String help, List<String> labels, Supplier<Map<List<String>, Double>> values) {
        families.put(name, new Asked(new Header(name, help, "gauge"), List.copyOf(labels), values));
    }

    /** Everything in Prometheus' text form, sorted by name; what has no value yet is left out. */
    public String text() {
        StringBuilder out = new StringBuilder(16 << 10);
        families.values().forEach(family -> family.write(out));
        return out.toString();
    }
}
