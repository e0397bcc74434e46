// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header fields; names are compared without case, values of one name keep their order. Immutable. */
public final class Headers {
    /** No headers. */
    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Headers of name and value pairs. */
    public static Headers of(String... namesAndValues) {
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** The first value of a name, or null. */
    public @Nullable String first(String name) {
        List<String> values = fields.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** The first value of a name, or the empty text. */
    public String firstOrEmpty(String name) {
        String value = first(name);
        return value == null ? "" : value;
    }

    /** All values of a name, in order. */
    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** True where the name is there. */
    public boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** Calls back for each name (lower case) and value. */
    public void forEach(BiConsumer<String, String> each) {
        fields.forEach((name, values) -> values.forEach(value -> each.accept(name, value)));
    }

    /** These headers with the values of one name replaced. */
    public Headers with(String name, String value) {
        Map<String, List<String>> changed = new TreeMap<>(fields);
        changed.put(name.toLowerCase(Locale.ROOT), List.of(value));
        return new Headers(changed);
    }

    /** These headers without a name. */
    public Headers without(String name) {
        if (!has(name)) {
            return this;
        }
        Map<String, List<String>> changed = new TreeMap<>(fields);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return new Headers(changed);
    }

    /** These headers with the values of several names replaced: names and values in turn. */
    public Headers withAll(List<String> namesAndValues) {
        if (namesAndValues.isEmpty()) {
            return this;
        }
        Map<String, List<String>> changed = new TreeMap<>(fields);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            changed.put(namesAndValues.get(i).toLowerCase(Locale.ROOT), List.of(namesAndValues.get(i + 1)));
        }
        return new Headers(changed);
    }

    /** These headers with one more value of a name. */
    public Headers plus(String name, String value) {
        Map<String, List<String>> changed = new TreeMap<>(fields);
        List<String> values = new ArrayList<>(all(name));
        values.add(value);
        changed.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
        return new Headers(changed);
    }

    /** Collects headers; not safe for use by several threads. */
    public static final class Builder {
        private final Map<String, List<String>> fields = new TreeMap<>();

        private Builder() {}

        /** Adds a value. */
        public Builder add(String name, String value) {
            fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(value);
            return this;
        }

        /** The headers so far. */
        public Headers build() {
            return new Headers(new TreeMap<>(fields));
        }
    }
}
