// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * What strict decoding has to say about a body: unknown fields, and names that came more than once.
 *
 * @param texts the findings in order; all duplicate keys of a YAML text are one finding of several lines
 */
public record StrictFindings(List<String> texts) {
    /** Nothing to say. */
    public static final StrictFindings NONE = new StrictFindings(List.of());

    private static final String YAML = "yaml: unmarshal errors:\n";
    private static final String LONG_YAML = "error converting YAML to JSON: " + YAML;

    public StrictFindings {
        texts = List.copyOf(texts);
    }

    /** Findings of a YAML text ({@code line 4: key "k" already set in map}) before those of the object. */
    static StrictFindings of(List<String> yamlDuplicates, List<String> ofObject) {
        if (yamlDuplicates.isEmpty()) {
            return ofObject.isEmpty() ? NONE : new StrictFindings(ofObject);
        }
        List<String> all = new ArrayList<>(ofObject.size() + 1);
        all.add(yaml(yamlDuplicates));
        all.addAll(ofObject);
        return new StrictFindings(all);
    }

    /** The failure of strict YAML reading, from its lines. */
    public static String yaml(List<String> duplicates) {
        return YAML + "  " + String.join("\n  ", duplicates);
    }

    /** True where there is nothing to say. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** The text of the failure where findings are not tolerated. */
    public String failure() {
        return "strict decoding error: " + String.join(", ", texts);
    }

    /** The texts of the warnings where findings are tolerated. */
    public List<String> warnings() {
        List<String> out = new ArrayList<>(texts.size());
        for (String text : texts) {
            String lines = text.startsWith(LONG_YAML)
                    ? text.substring(LONG_YAML.length())
                    : text.startsWith(YAML) ? text.substring(YAML.length()) : null;
            if (lines == null) {
                out.add(text);
            } else {
                lines.lines().map(String::strip).forEach(out::add);
            }
        }
        return out;
    }
}
