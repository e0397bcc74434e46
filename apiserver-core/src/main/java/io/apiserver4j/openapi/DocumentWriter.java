// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both versions of OpenAPI write in the same way. */
abstract class DocumentWriter {
    private static final String TITLE = "Kubernetes";

    private final String release;

    /**
     * @param release the version that documents say they are of, e.g. {@code 1.37}
     */
    DocumentWriter(String release) {
        this.release = release;
    }

    static ObjectValue security() {
        return ObjectValue.of(
                "BearerToken",
                ObjectValue.builder()
                        .put("description", "Bearer Token authentication")
                        .put("in", "header")
                        .put("name", "authorization")
                        .put("type", "apiKey")
                        .build());
    }

    ObjectValue info() {
        return ObjectValue.of("title", Value.of(TITLE), "version", Value.of(release));
    }

    /** All paths, sorted. */
    ObjectValue paths(List<PathItem> items) {
        List<PathItem> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(PathItem::path));
        ObjectEditor out = ObjectValue.builder();
        for (PathItem item : sorted) {
            out.put(item.path(), path(item));
        }
        return out.build();
    }

    private ObjectValue path(PathItem item) {
        ObjectEditor out = ObjectValue.builder();
        for (Operation operation : item.operations()) {
            out.put(operation.method(), operation(item, operation));
        }
        ArrayValue shared = parameters(item.shared());
        if (!shared.isEmpty()) {
            out.put("parameters", shared);
        }
        return out.build().sorted();
    }

    private ObjectValue operation(PathItem item, Operation operation) {
        ObjectEditor out = ObjectValue.builder();
        out.put("operationId", operation.id());
        out.put("tags", ArrayValue.ofStrings(List.of(operation.tag())));
        write(operation, item.own(operation), out);
        ObjectEditor answers = ObjectValue.builder();
        operation.answers().keySet().stream()
                .sorted()
                .forEach(code -> answers.put(
                        code.toString(),
                        answer(operation, code, operation.answers().get(code))));
        answers.put("401", ObjectValue.of("description", Value.of("Unauthorized")));
        out.put("responses", answers.build());
        if (!operation.action().isEmpty()) {
            out.put("x-kubernetes-action", operation.action());
        }
        if (operation.kind() != null) {
            out.put("x-kubernetes-group-version-kind", Kinds.value(operation.kind()));
        }
        return out.build();
    }

    /** Parameters as they stand in the document. */
    ArrayValue parameters(List<Parameter> parameters) {
        List<Value> out = new ArrayList<>(parameters.size());
        parameters.forEach(parameter -> out.add(parameter(parameter)));
        return ArrayValue.of(out);
    }

    abstract ObjectValue parameter(Parameter parameter);

    /** Adds body, parameters and media types. */
    abstract void write(Operation operation, List<Parameter> own, ObjectEditor out);

    /** One answer. */
    abstract ObjectValue answer(Operation operation, int code, @Nullable String type);

    /** The schema of a body or an answer. */
    static ObjectValue schema(Dialect dialect, String type) {
        return type.equals(Operation.TEXT)
                ? ObjectValue.of("type", Value.of("string"))
                : ObjectValue.of("$ref", Value.of(dialect.reference(type)));
    }

    static String words(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            default -> "OK";
        };
    }

    /** The members of a parameter that come before its type. */
    static ObjectEditor beginning(Parameter parameter) {
        ObjectEditor out = ObjectValue.builder();
        String about = PublishedFacts.about(parameter);
        if (!about.isEmpty()) {
            out.put("description", about);
        }
        out.put("in", parameter.place()).put("name", parameter.name());
        if (parameter.inPath()) {
            out.put("required", true);
        }
        return out;
    }
}
