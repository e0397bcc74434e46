// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into what a schema describes, {@code .spec.size} or {@code .labels['a.b']}, followed in the schema.
 *
 * @param names the names on the way, as far as they were found
 * @param schema the schema it leads to, null where it leads nowhere
 * @param problem what is wrong with the path, in Kubernetes' words, or null
 */
public record SchemaFieldPath(
        List<String> names,
        @Nullable ObjectValue schema,
        @Nullable String problem) {
    private static final String NO_FIELD = "does not refer to a valid field";
    private static final String END = "unexpected end of JSON path";

    /** Follows a path; {@code brackets} says whether names may stand in them. */
    public static SchemaFieldPath follow(String text, ObjectValue root, boolean brackets) {
        List<String> tokens = tokens(text);
        List<String> names = new ArrayList<>();
        ObjectValue schema = root;
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            boolean bracket = token.equals("[");
            if (!bracket && !token.equals(".")) {
                return failed(names, "expected [ or . but got: " + token);
            }
            if (bracket && !brackets) {
                return failed(names, "array notation is not allowed");
            }
            if (++i == tokens.size()) {
                return failed(names, END);
            }
            String name = tokens.get(i);
            if (bracket) {
                if (name.length() < 2 || !name.startsWith("'") || !name.endsWith("'")) {
                    return failed(names, "expected single quoted string but got " + name);
                }
                name = name.substring(1, name.length() - 1).replace("\\'", "'").replace("\\\\", "\\");
            }
            ObjectValue properties = schema.objectOrEmpty("properties");
            ObjectValue next =
                    properties.isEmpty() ? schema.getObject("additionalProperties") : properties.getObject(name);
            if (next == null) {
                return failed(names, NO_FIELD);
            }
            names.add(name);
            schema = next;
            if (bracket) {
                if (++i == tokens.size()) {
                    return failed(names, END);
                }
                if (!tokens.get(i).equals("]")) {
                    return failed(names, "expected ] but got " + tokens.get(i));
                }
            }
        }
        return new SchemaFieldPath(names, schema, null);
    }

    private static SchemaFieldPath failed(List<String> names, String problem) {
        return new SchemaFieldPath(names, null, problem);
    }

    /** Dots and brackets alone, quoted texts with their quotes, and what stands between. */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start + 1;
            if (text.charAt(start) == '\'') {
                while (end < text.length() && (text.charAt(end) != '\'' || text.charAt(end - 1) == '\\')) {
                    end++;
                }
                end = Math.min(end + 1, text.length());
            } else if (".[]".indexOf(text.charAt(start)) < 0) {
                while (end < text.length() && ".[]".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
            }
            tokens.add(text.substring(start, end));
            start = end;
        }
        return tokens;
    }
}
