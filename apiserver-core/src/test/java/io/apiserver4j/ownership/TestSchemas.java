// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Schemas for tests, from the small part of OpenAPI that custom kinds use. */
final class TestSchemas {
    private TestSchemas() {}

    /** A custom kind: the given schema with type and metadata. */
    static Schema custom(ObjectValue openapi) {
        List<SchemaField> fields = new ArrayList<>(fields(openapi));
        fields.add(field("apiVersion", Schema.scalar(Shape.STRING), null));
        fields.add(field("kind", Schema.scalar(Shape.STRING), null));
        fields.add(field("metadata", SchemaFacts.builtin().type("apimachinery/pkg/apis/meta/v1.ObjectMeta"), null));
        return Schema.object("", false, openapi.isTrue("x-kubernetes-preserve-unknown-fields"))
                .link(fields);
    }

    /** An anonymous schema. */
    static Schema of(String openapi) {
        return of(json(openapi));
    }

    static Schema of(ObjectValue openapi) {
        boolean atomic = "atomic".equals(openapi.getString("x-kubernetes-map-type"));
        return switch (openapi.stringOrEmpty("type")) {
            case "string" -> Schema.scalar(Shape.STRING);
            case "integer" -> Schema.scalar(Shape.INT64);
            case "number" -> Schema.scalar(Shape.FLOAT64);
            case "boolean" -> Schema.scalar(Shape.BOOLEAN);
            case "array" ->
                Schema.list(
                        of(openapi.objectOrEmpty("items")),
                        switch (openapi.stringOrEmpty("x-kubernetes-list-type")) {
                            case "set" -> ListKind.SET;
                            case "map" -> ListKind.MAP;
                            default -> ListKind.ATOMIC;
                        },
                        openapi.arrayOrEmpty("x-kubernetes-list-map-keys").strings());
            case "object" ->
                openapi.has("additionalProperties")
                        ? Schema.map(of(openapi.objectOrEmpty("additionalProperties")), atomic)
                        : Schema.object("", atomic, openapi.isTrue("x-kubernetes-preserve-unknown-fields"))
                                .link(fields(openapi));
            default -> Schema.scalar(Shape.ANY);
        };
    }

    private static List<SchemaField> fields(ObjectValue openapi) {
        List<SchemaField> fields = new ArrayList<>();
        for (ObjectValue.Member member : openapi.objectOrEmpty("properties")) {
            ObjectValue property = (ObjectValue) member.value();
            fields.add(field(member.key(), of(property), property.get("default")));
        }
        return fields;
    }

    private static SchemaField field(String name, Schema schema, Value defaultValue) {
        return new SchemaField(name, schema, SchemaField.Omit.EMPTY, true, false, defaultValue, List.of(), 0, "", "");
    }

    static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
