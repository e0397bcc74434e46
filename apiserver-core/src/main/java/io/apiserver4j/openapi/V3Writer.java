// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of OpenAPI 3. */
final class V3Writer extends DocumentWriter {
    V3Writer(String release) {
        super(release);
    }

    ObjectValue document(List<PathItem> items, Definitions definitions) {
        ObjectEditor components = ObjectValue.builder();
        ObjectValue schemas = definitions.all();
        if (!schemas.isEmpty()) {
            components.put("schemas", schemas);
        }
        components.put("securitySchemes", security());
        return ObjectValue.builder()
                .put("openapi", "3.0.0")
                .put("info", info())
                .put("paths", paths(items))
                .put("components", components.build())
                .build();
    }

    @Override
    ObjectValue parameter(Parameter parameter) {
        return beginning(parameter)
                .put("schema", ObjectValue.of("type", Value.of(parameter.type()), "uniqueItems", Value.of(true)))
                .build();
    }

    @Override
    void write(Operation operation, List<Parameter> own, ObjectEditor out) {
        ArrayValue parameters = parameters(own);
        if (!parameters.isEmpty()) {
            out.put("parameters", parameters);
        }
        String body = operation.body();
        if (body != null) {
            ObjectEditor request = ObjectValue.builder().put("content", content(operation.consumes(), body));
            if (operation.bodyRequired()) {
                request.put("required", true);
            }
            out.put("requestBody", request.build());
        }
    }

    @Override
    ObjectValue answer(Operation operation, int code, @Nullable String type) {
        ObjectEditor out = ObjectValue.builder().put("description", words(code));
        if (type != null && !type.isEmpty()) {
            out.put("content", content(operation.produces(), type));
        }
        return out.build();
    }

    private static ObjectValue content(List<String> mediaTypes, String type) {
        ObjectValue schema = ObjectValue.of("schema", schema(Dialect.V3, type));
        ObjectEditor out = ObjectValue.builder();
        mediaTypes.stream().sorted().forEach(mediaType -> out.put(mediaType, schema));
        return out.build();
    }
}
