// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents of Swagger 2: parameters that are used often stand apart, under names that are facts. */
final class V2Writer extends DocumentWriter {
    private static final String DELETE_BODY = "body-2Y1dVQaQ";
    private static final String PATCH_BODY = "body-78PwaGsr";

    private final Map<String, ObjectValue> shared = new TreeMap<>();

    V2Writer(String release) {
        super(release);
    }

    ObjectValue document(List<PathItem> items, Definitions definitions) {
        ObjectValue paths = paths(items);
        ObjectEditor parameters = ObjectValue.builder();
        shared.forEach(parameters::put);
        return ObjectValue.builder()
                .put("swagger", "2.0")
                .put("info", info())
                .put("paths", paths)
                .put("definitions", definitions.all())
                .put("parameters", parameters.build())
                .put("securityDefinitions", security())
                .put("security", ArrayValue.of(ObjectValue.of("BearerToken", ArrayValue.EMPTY)))
                .build();
    }

    @Override
    ObjectValue parameter(Parameter parameter) {
        ObjectValue whole = beginning(parameter)
                .put("type", parameter.type())
                .put("uniqueItems", true)
                .build();
        String name = PublishedFacts.sharedName(parameter);
        return name.isEmpty() ? whole : share(name, whole);
    }

    private ObjectValue share(String name, ObjectValue parameter) {
        shared.putIfAbsent(name, parameter);
        return ObjectValue.of("$ref", Value.of("#/parameters/" + name));
    }

    @Override
    void write(Operation operation, List<Parameter> own, ObjectEditor out) {
        if (!operation.consumes().isEmpty()) {
            out.put("consumes", ArrayValue.ofStrings(operation.consumes()));
        }
        out.put("produces", ArrayValue.ofStrings(operation.produces()));
        out.put("schemes", ArrayValue.ofStrings(List.of("https")));
        List<Value> parameters = new ArrayList<>();
        String body = operation.body();
        if (body != null) {
            parameters.add(body(operation, body));
        }
        parameters.addAll(parameters(own).items());
        if (!parameters.isEmpty()) {
            out.put("parameters", ArrayValue.of(parameters));
        }
    }

    private ObjectValue body(Operation operation, String type) {
        ObjectEditor body = ObjectValue.builder().put("in", "body").put("name", "body");
        if (operation.bodyRequired()) {
            body.put("required", true);
        }
        ObjectValue whole = body.put("schema", schema(Dialect.V2, type)).build();
        if (type.equals(DefinitionNames.meta("Patch"))) {
            return share(PATCH_BODY, whole);
        }
        return type.equals(DefinitionNames.meta("DeleteOptions")) ? share(DELETE_BODY, whole) : whole;
    }

    @Override
    ObjectValue answer(Operation operation, int code, @Nullable String type) {
        ObjectEditor out = ObjectValue.builder().put("description", words(code));
        if (type != null && !type.isEmpty()) {
            out.put("schema", schema(Dialect.V2, type));
        }
        return out.build();
    }
}
