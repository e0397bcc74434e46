// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles structural schemas to the shapes that ownership and documents read. */
final class CustomShapes {
    private CustomShapes() {}

    /** The shape of a kind: its schema with the members that all objects have. */
    static Schema object(StructuralSchema root) {
        return fields(root, true);
    }

    /** The shape of metadata. */
    static Schema metadata() {
        Schema pod = Objects.requireNonNull(SchemaFacts.builtin().kind(new Kind("", "v1", "ConfigMap")));
        return Objects.requireNonNull(pod.fieldSchema("metadata"));
    }

    private static Schema fields(StructuralSchema schema, boolean resource) {
        Schema out = Schema.object("", schema.atomicMap, schema.preserveUnknown);
        return out.linkLazily(() -> {
            List<SchemaField> fields = new ArrayList<>();
            if (resource) {
                fields.add(field("apiVersion", Schema.scalar(Shape.STRING), null));
                fields.add(field("kind", Schema.scalar(Shape.STRING), null));
                fields.add(field("metadata", metadata(), null));
            }
            for (Map.Entry<String, StructuralSchema> property : schema.properties.entrySet()) {
                String name = property.getKey();
                if (!resource || !name.equals("apiVersion") && !name.equals("kind") && !name.equals("metadata")) {
                    fields.add(field(name, of(property.getValue()), property.getValue()));
                }
            }
            return fields;
        });
    }

    private static SchemaField field(String name, Schema shape, @Nullable StructuralSchema schema) {
        return new SchemaField(
                name,
                shape,
                SchemaField.Omit.EMPTY,
                true,
                false,
                schema == null ? null : schema.defaultValue,
                List.of(),
                0,
                "",
                "");
    }

    private static Schema of(StructuralSchema schema) {
        if (schema.intOrString) {
            return Schema.scalar(Shape.INT_OR_STRING);
        }
        String type = schema.types.isEmpty() ? "" : schema.types.get(0);
        return switch (type) {
            case "string" -> Schema.scalar(Shape.STRING);
            case "integer" -> Schema.scalar(Shape.INT64);
            case "number" -> Schema.scalar(Shape.FLOAT64);
            case "boolean" -> Schema.scalar(Shape.BOOLEAN);
            case "array" -> list(schema);
            case "object" -> map(schema);
            default -> schema.properties.isEmpty() ? Schema.scalar(Shape.ANY) : map(schema);
        };
    }

    private static Schema list(StructuralSchema schema) {
        Schema items = schema.items == null ? Schema.scalar(Shape.ANY) : of(schema.items);
        return Schema.list(items, schema.listKind, schema.listKind == ListKind.MAP ? schema.listKeys : List.of());
    }

    private static Schema map(StructuralSchema schema) {
        StructuralSchema rest = schema.additional;
        if (schema.properties.isEmpty() && rest != null && !schema.embedded) {
            return Schema.map(of(rest), schema.atomicMap);
        }
        return fields(schema, schema.embedded && !schema.preserveUnknown);
    }
}
