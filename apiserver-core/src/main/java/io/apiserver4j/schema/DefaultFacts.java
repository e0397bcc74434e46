// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constant defaults of the resource file, by type; its form is told in the README beside it. */
final class DefaultFacts {
    private static final String FILE = "defaults.txt";

    /** One line: a path from the type, and the text of the constant. */
    record Line(String path, String json) {}

    private static final class Builtin {
        static final Map<String, List<Line>> LINES = read(SchemaFacts.resource(FILE));
    }

    private DefaultFacts() {}

    /** The lines of a type. */
    static List<Line> of(String typeName) {
        return Builtin.LINES.getOrDefault(typeName, List.of());
    }

    /** The types that have lines. */
    static Iterable<String> types() {
        return Builtin.LINES.keySet();
    }

    private static Map<String, List<Line>> read(String text) {
        Map<String, List<Line>> byType = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            if (text.charAt(at) == ' ') {
                int space = text.indexOf(' ', at + 1);
                lines.add(new Line(text.substring(at + 1, space), text.substring(space + 1, end)));
            } else {
                lines = new ArrayList<>();
                byType.put(text.substring(at, end), lines);
            }
            at = end + 1;
        }
        return byType;
    }
}
