// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled path into documents, in the dialect of kubectl and of custom resource definitions: {@code
 * .a.b[0]['x'][1:3][*].*..c[?(@.type=="Ready")].status}, with unions {@code [0,2]} and quoted texts. What is missing
 * is not an error, it gives no result; a step that does not fit the document (an index outside a list, a filter on
 * something that is no list) is one. Loops ({@code range}) belong to templates and are not understood.
 */
public final class JsonPath {
    private final String text;
    private final List<JsonPathStep> steps;
    private final String @Nullable [] plainFields;

    private JsonPath(String text, List<JsonPathStep> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
        this.plainFields = plainFields(this.steps);
    }

    /**
     * Reads a path, with or without the braces of a template around it.
     *
     * @throws JsonPathException where it cannot be read; the message is what kubectl says
     */
    public static JsonPath parse(String path) {
        boolean braced = path.startsWith("{") && path.endsWith("}");
        String inner = braced ? path.substring(1, path.length() - 1) : path;
        return new JsonPath(path, new JsonPathParser(inner).parse());
    }

    /**
     * All nodes that the path leads to, in document order; empty where something on the way is missing.
     *
     * @throws JsonPathException where a step does not fit the document
     */
    public List<Value> find(Value root) {
        if (plainFields != null) {
            Value only = follow(root, plainFields);
            return only == null ? List.of() : List.of(only);
        }
        return walk(List.of(root), steps);
    }

    /** The first node that the path leads to; null where there is none, and where a step does not fit the document. */
    public @Nullable Value first(Value root) {
        if (plainFields != null) {
            return follow(root, plainFields);
        }
        try {
            List<Value> found = walk(List.of(root), steps);
            return found.isEmpty() ? null : found.get(0);
        } catch (JsonPathException doesNotFit) {
            return null;
        }
    }

    /** The names of the members that a path of plain names follows, or null where the path has other steps. */
    public @Nullable List<String> fields() {
        return plainFields == null ? null : List.of(plainFields);
    }

    static List<Value> walk(List<Value> start, List<JsonPathStep> steps) {
        List<Value> current = start;
        for (JsonPathStep step : steps) {
            List<Value> next = new ArrayList<>();
            step.follow(current, next);
            current = next;
        }
        return current;
    }

    private static @Nullable Value follow(Value root, String[] fields) {
        Value current = root;
        for (String field : fields) {
            ObjectValue object = current.asObject();
            Value next = object == null ? null : object.get(field);
            if (next == null) {
                return null;
            }
            current = next;
        }
        return current;
    }

    private static String @Nullable [] plainFields(List<JsonPathStep> steps) {
        List<String> names = new ArrayList<>();
        for (JsonPathStep step : steps) {
            if (!(step instanceof JsonPathStep.Field field)) {
                return null;
            }
            if (!field.name().isEmpty()) {
                names.add(field.name());
            }
        }
        return names.toArray(new String[0]);
    }

    /** The path as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
