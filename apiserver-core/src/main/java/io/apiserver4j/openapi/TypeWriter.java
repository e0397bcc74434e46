// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes as definitions. */
final class TypeWriter {
    private final Definitions definitions;

    /** Writes definitions into a document's. */
    TypeWriter(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The definition of an object type. */
    ObjectValue definition(Schema schema) {
        ObjectEditor properties = ObjectValue.builder();
        List<String> required = new ArrayList<>();
        for (SchemaField field : schema.fields()) {
            properties.put(field.name(), field(schema, field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        ObjectEditor out = ObjectValue.builder();
        describe(PublishedFacts.aboutType(schema.name()), out);
        if (properties.size() > 0) {
            out.put("properties", properties.build());
        }
        if (!required.isEmpty()) {
            out.put("required", ArrayValue.ofStrings(required));
        }
        out.put("type", "object");
        if (schema.isAtomic()) {
            out.put("x-kubernetes-map-type", "atomic");
        }
        PublishedFacts.ofType(schema.name()).forEach(member -> out.put(member.key(), member.value()));
        return out.build();
    }

    private ObjectValue field(Schema owner, SchemaField field) {
        ObjectValue facts = PublishedFacts.ofField(owner.name(), field.name());
        String name = definitions.use(field.schema());
        ObjectEditor out = ObjectValue.builder();
        if (!facts.isTrue("alone")) {
            describe(PublishedFacts.aboutField(owner.name(), field.name(), owner.field("metadata") != null), out);
        }
        if (name != null) {
            boolean alone = definitions.dialect() == Dialect.V2 || facts.isTrue("alone");
            ObjectValue reference = reference(name);
            if (alone) {
                out.put("$ref", reference.stringOrEmpty("$ref"));
            } else {
                out.put("allOf", ArrayValue.of(reference));
            }
        } else {
            shape(field.schema(), field.enumValues(), out);
        }
        if (definitions.dialect() == Dialect.V3) {
            out.putIfPresent("default", defaultOf(field));
        }
        lists(owner, field, out);
        if (!field.patchMergeKey().isEmpty()) {
            out.put("x-kubernetes-patch-merge-key", field.patchMergeKey());
        }
        if (!field.patchStrategy().isEmpty()) {
            out.put("x-kubernetes-patch-strategy", field.patchStrategy());
        }
        for (ObjectValue.Member member : facts) {
            if (member.value().isNull()) {
                out.remove(member.key());
            } else if (!member.key().equals("alone")) {
                out.put(member.key(), member.value());
            }
        }
        return out.build();
    }

    private static void describe(String about, ObjectEditor out) {
        if (!about.isEmpty()) {
            out.put("description", about);
        }
    }

    private static void lists(Schema owner, SchemaField field, ObjectEditor out) {
        Schema schema = field.schema();
        if (isListed(schema) && !isItems(owner, field)) {
            out.put(
                    "x-kubernetes-list-type",
                    switch (schema.listKind()) {
                        case ATOMIC -> "atomic";
                        case SET -> "set";
                        case MAP -> "map";
                    });
            if (schema.listKind() == ListKind.MAP) {
                out.put("x-kubernetes-list-map-keys", ArrayValue.ofStrings(schema.listKeys()));
            }
        }
        if (schema.shape() == Shape.MAP && schema.isAtomic()) {
            out.put("x-kubernetes-map-type", "atomic");
        }
        if (schema.shape() == Shape.OBJECT && !schema.name().isEmpty()) {
            if (schema.isAtomic() != Definitions.itself(schema).isAtomic()) {
                out.put("x-kubernetes-map-type", schema.isAtomic() ? "atomic" : "granular");
            }
        }
    }

    /** Lists under a name of their own say nothing of how their items are told apart, but where a field does. */
    private static boolean isListed(Schema schema) {
        return schema.shape() == Shape.LIST && (schema.name().isEmpty() || schema.listKind() != ListKind.ATOMIC);
    }

    /** The items of lists are no field that anybody could apply. */
    private static boolean isItems(Schema owner, SchemaField field) {
        return field.name().equals("items")
                && owner.field("metadata") != null
                && owner.name().endsWith("List");
    }

    /** What follows from the Go type: the zero of what is always written, and the empty object of structs. */
    private static @Nullable Value defaultOf(SchemaField field) {
        Value given = field.defaultValue();
        if (given != null) {
            return given;
        }
        if (field.pointer()) {
            return null;
        }
        if (field.schema().shape() == Shape.OBJECT) {
            return ObjectValue.EMPTY;
        }
        if (field.omit() != SchemaField.Omit.NEVER) {
            return null;
        }
        return switch (field.schema().shape()) {
            case STRING -> Value.of("");
            case INT32, INT64, UINT8, FLOAT64 -> Value.of(0);
            case BOOLEAN -> Value.of(false);
            default -> null;
        };
    }

    private ObjectValue reference(String name) {
        return ObjectValue.of("$ref", Value.of(definitions.dialect().reference(name)));
    }

    private void shape(Schema schema, List<String> enumValues, ObjectEditor out) {
        switch (schema.shape()) {
            case LIST -> out.put("items", inner(schema.items(), enumValues)).put("type", "array");
            case MAP ->
                out.put("additionalProperties", inner(schema.items(), enumValues))
                        .put("type", "object");
            case OBJECT -> out.put("type", "object");
            case STRING -> {
                if (!enumValues.isEmpty()) {
                    out.put("enum", ArrayValue.ofStrings(enumValues));
                }
                out.put("type", "string");
            }
            case BYTES -> out.put("format", "byte").put("type", "string");
            case INT32, UINT8 -> out.put("format", "int32").put("type", "integer");
            case INT64 -> out.put("format", "int64").put("type", "integer");
            case FLOAT64 -> out.put("format", "double").put("type", "number");
            case BOOLEAN -> out.put("type", "boolean");
            case DURATION, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY ->
                out.put("x-kubernetes-preserve-unknown-fields", true);
        }
    }

    private ObjectValue inner(Schema schema, List<String> enumValues) {
        String name = definitions.use(schema);
        if (name != null) {
            return reference(name);
        }
        ObjectEditor out = ObjectValue.builder();
        shape(schema, enumValues, out);
        return out.build();
    }
}
