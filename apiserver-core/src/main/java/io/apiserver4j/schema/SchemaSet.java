// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The named types of one Go package, from one facts file (its form is told in the README beside the files). Reading the
 * file only finds where each type stands; types are made when they are asked for, their fields when those are asked
 * for. Safe for use by several threads.
 */
final class SchemaSet {
    private final String goPackage;
    private final SchemaFacts facts;
    private final String text;
    /** Where the line of each type begins. */
    private final Map<String, Integer> starts = new HashMap<>();

    private final Map<String, Schema> made = new ConcurrentHashMap<>();

    /**
     * @param goPackage the package as types name it, e.g. {@code api/core/v1}
     * @param text the file
     * @param facts gives types of other packages
     */
    SchemaSet(String goPackage, String text, SchemaFacts facts) {
        this.goPackage = goPackage;
        this.text = text;
        this.facts = facts;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            if (text.charAt(at) != ' ') {
                int space = text.indexOf(' ', at);
                starts.put(text.substring(at, space > 0 && space < end ? space : end), at);
            }
            at = end + 1;
        }
    }

    /** The bare names of the types. */
    List<String> names() {
        return new ArrayList<>(starts.keySet());
    }

    /** The type of a bare name, or null. */
    @Nullable
    Schema type(String name) {
        Schema known = made.get(name);
        if (known != null) {
            return known;
        }
        Integer start = starts.get(name);
        if (start == null) {
            return null;
        }
        Schema fresh = make(name, start);
        Schema first = made.putIfAbsent(name, fresh);
        return first == null ? fresh : first;
    }

    private Schema make(String name, int start) {
        int end = text.indexOf('\n', start);
        String words = text.substring(start + name.length(), end);
        if (words.startsWith(" = ")) {
            String goType = goPackage
                    .substring(goPackage.lastIndexOf('/') + 1)
                    .concat(".")
                    .concat(name);
            return new FieldText(this, words.substring(3))
                    .named(goPackage.concat(".").concat(name), goType);
        }
        String full = goPackage.concat(".").concat(name);
        return Schema.object(full, words.startsWith(" atomic"), false).linkLazily(new Fields(this, end + 1));
    }

    /** Reads the lines of a type when its fields are asked for. */
    private record Fields(SchemaSet set, int start) implements Supplier<List<SchemaField>> {
        @Override
        public List<SchemaField> get() {
            return set.fields(start);
        }
    }

    private List<SchemaField> fields(int start) {
        List<SchemaField> fields = new ArrayList<>();
        for (int at = start; at < text.length() && text.charAt(at) == ' '; ) {
            int end = text.indexOf('\n', at);
            if (text.charAt(at + 1) == '+') {
                embed(text.substring(at + 2, end), fields);
            } else {
                fields.add(new FieldText(this, text.substring(at + 1, end)).field());
            }
            at = end + 1;
        }
        return fields;
    }

    private void embed(String line, List<SchemaField> fields) {
        String[] words = line.split(" ");
        Embedded struct = new Embedded(words[0], Integer.parseInt(words[1]), null);
        for (SchemaField field : resolve(words[2]).fields()) {
            fields.add(field.inside(within(field.embedded(), struct)));
        }
    }

    private static Embedded within(@Nullable Embedded inner, Embedded outer) {
        return inner == null ? outer : new Embedded(inner.name(), inner.wireNumber(), within(inner.outer(), outer));
    }

    /** The type that a line names. */
    Schema resolve(String name) {
        Schema own = name.indexOf('.') < 0 ? type(name) : null;
        return own != null ? own : facts.type(name);
    }
}
