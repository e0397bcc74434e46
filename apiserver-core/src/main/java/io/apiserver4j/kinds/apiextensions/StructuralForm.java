// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a schema cannot even be read as a structural one. */
final class StructuralForm {
    private static final List<String> UNSUPPORTED =
            List.of("id", "$schema", "$ref", "patternProperties", "dependencies", "additionalItems", "definitions");

    private StructuralForm() {}

    /** The first problem in Kubernetes' words, or null where there is none. */
    static @Nullable String problem(ObjectValue schema) {
        for (String name : UNSUPPORTED) {
            if (SchemaTree.has(schema, name)) {
                String shown = name.equals("$schema") ? "schema" : name;
                return "OpenAPIV3Schema '" + shown + "' is not supported";
            }
        }
        String found = of(schema.getObject("not"));
        for (String name : List.of("allOf", "anyOf", "oneOf")) {
            ArrayValue clauses = schema.arrayOrEmpty(name);
            for (int i = 0; i < clauses.size() && found == null; i++) {
                found = problem(clauses.objectAt(i));
            }
        }
        if (found == null && schema.get("x-kubernetes-preserve-unknown-fields") == BooleanValue.FALSE) {
            found = "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
        }
        Value items = schema.get("items");
        if (found == null && items != null && items.asArray() != null) {
            found = "OpenAPIV3Schema 'items' must be a schema, but is an array";
        }
        found = found == null ? of(schema.getObject("items")) : found;
        ObjectValue properties = schema.objectOrEmpty("properties").sorted();
        for (int i = 0; i < properties.size() && found == null; i++) {
            found = of(properties.valueAt(i).asObject());
        }
        return found == null ? of(schema.getObject("additionalProperties")) : found;
    }

    private static @Nullable String of(@Nullable ObjectValue schema) {
        return schema == null ? null : problem(schema);
    }
}
