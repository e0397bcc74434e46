// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of a URL's query, decoded; the values of a name keep their order. Immutable. */
public final class Query {
    /** No parameters. */
    public static final Query NONE = new Query(Map.of());

    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Parameters of name and value pairs. */
    public static Query of(String... namesAndValues) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.computeIfAbsent(namesAndValues[i], n -> new ArrayList<>(1)).add(namesAndValues[i + 1]);
        }
        return new Query(out);
    }

    /** Reads the part of a URL behind the question mark; pairs that can't be decoded are left out, as Go does. */
    public static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (name != null && value != null) {
                out.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            }
        }
        return new Query(out);
    }

    /** Undoes percent escapes; null where one is broken. */
    public static @Nullable String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                out[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[size++] = plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i];
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    /** The first value of a name, or null. */
    public @Nullable String first(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    /** The first value of a name, or the empty text. */
    public String firstOrEmpty(String name) {
        String value = first(name);
        return value == null ? "" : value;
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** True where the name is there. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The names, in the order they came. */
    public Set<String> names() {
        return parameters.keySet();
    }

    /** True where there is no parameter. */
    public boolean isEmpty() {
        return parameters.isEmpty();
    }
}
