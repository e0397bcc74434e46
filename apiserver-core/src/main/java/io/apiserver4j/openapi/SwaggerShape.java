// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A schema of OpenAPI 3 as Swagger 2 can say it: combinations and defaults go, what may be null has no type, and what
 * may have unknown members shows none, since clients would take the known ones for all.
 */
final class SwaggerShape {
    private static final Set<String> UNKNOWN = Set.of("allOf", "anyOf", "oneOf", "not", "default", "nullable");
    private static final Set<String> SHAPE = Set.of("type", "items", "properties", "additionalProperties");

    private SwaggerShape() {}

    static ObjectValue of(ObjectValue schema) {
        boolean nullable = schema.isTrue("nullable");
        boolean open = schema.isTrue("x-kubernetes-preserve-unknown-fields");
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member member : schema) {
            String name = member.key();
            boolean hidden = UNKNOWN.contains(name)
                    || nullable && SHAPE.contains(name)
                    || open && (name.equals("items") || name.equals("properties"));
            if (!hidden) {
                out.putIfPresent(name, part(schema, name, member.value()));
            }
        }
        return out.build();
    }

    private static Value part(ObjectValue schema, String name, Value value) {
        ObjectValue object = value.asObject();
        if (name.equals("required")) {
            return required(schema, SchemaMessage.array(value));
        }
        if (object == null) {
            return value;
        }
        return switch (name) {
            case "items", "additionalProperties" -> of(object);
            case "properties" -> properties(object);
            default -> value;
        };
    }

    private static ObjectValue properties(ObjectValue properties) {
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member member : properties) {
            ObjectValue schema = member.value().asObject();
            out.put(member.key(), schema == null ? member.value() : of(schema));
        }
        return out.build();
    }

    /** What may be null may be left out too, as far as clients of Swagger 2 can tell. */
    private static ArrayValue required(ObjectValue schema, ArrayValue names) {
        List<String> out = new ArrayList<>(names.strings());
        out.removeIf(name -> schema.objectAt("properties", name).isTrue("nullable"));
        return ArrayValue.ofStrings(out);
    }
}
