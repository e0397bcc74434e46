// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions of custom kinds: the schema they came with, and the members that all objects have. */
final class CustomSchemas {
    private static final ObjectValue ANY_OBJECT = ObjectValue.of("type", Value.of("object"));
    private static final ObjectValue TEXT = ObjectValue.of("type", Value.of("string"));
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    private final CustomSchemaSource source;

    CustomSchemas(CustomSchemaSource source) {
        this.source = source;
    }

    ObjectValue object(ResourceDefinition definition, VersionDefinition version, Definitions definitions) {
        return shape(definition, version, definitions)
                .with("x-kubernetes-group-version-kind", Kinds.list(List.of(version.kind())));
    }

    /** Nothing is said of members where unknown ones are allowed and clients would take the said ones for all. */
    private ObjectValue shape(ResourceDefinition definition, VersionDefinition version, Definitions definitions) {
        boolean swagger = definitions.dialect() == Dialect.V2;
        ObjectValue given = given(definition, version, definitions);
        if (given == null || swagger && given.isTrue(PRESERVE)) {
            return ANY_OBJECT;
        }
        return embedding(objectMembers(swagger ? SwaggerShape.of(given) : given, definitions), definitions);
    }

    private @Nullable ObjectValue given(
            ResourceDefinition definition, VersionDefinition version, Definitions definitions) {
        ObjectValue given = source.schema(definition, version.version());
        if (given != null) {
            return given;
        }
        return version.schema().fields().isEmpty() ? null : new TypeWriter(definitions).definition(version.schema());
    }

    /** Objects within objects have the members of objects too. */
    private static ObjectValue embedding(ObjectValue schema, Definitions definitions) {
        ObjectEditor out = schema.edit();
        ObjectValue properties = schema.getObject("properties");
        if (properties != null) {
            ObjectEditor changed = properties.edit();
            for (ObjectValue.Member member : properties) {
                changed.put(member.key(), embedded(member.value(), definitions));
            }
            out.put("properties", changed.build());
        }
        for (String name : List.of("items", "additionalProperties")) {
            Value inner = schema.get(name);
            if (inner != null) {
                out.put(name, embedded(inner, definitions));
            }
        }
        return out.build();
    }

    private static Value embedded(Value value, Definitions definitions) {
        ObjectValue schema = value.asObject();
        if (schema == null) {
            return value;
        }
        boolean hidden = definitions.dialect() == Dialect.V2 && schema.isTrue(PRESERVE);
        ObjectValue inner = embedding(schema, definitions);
        return schema.isTrue("x-kubernetes-embedded-resource") && !hidden ? objectMembers(inner, definitions) : inner;
    }

    private static ObjectValue objectMembers(ObjectValue schema, Definitions definitions) {
        ObjectValue properties = schema.objectOrEmpty("properties")
                .with("apiVersion", TEXT)
                .with("kind", TEXT)
                .with("metadata", metadata("meta.ObjectMeta", definitions));
        return schema.with("properties", properties).with("type", Value.of("object"));
    }

    ObjectValue list(ResourceDefinition definition, VersionDefinition version, String object, Definitions definitions) {
        ObjectValue items = ObjectValue.builder()
                .put("items", reference(object, definitions))
                .put("type", "array")
                .build();
        ObjectValue properties = ObjectValue.builder()
                .put("apiVersion", TEXT)
                .put("items", items)
                .put("kind", TEXT)
                .put("metadata", metadata("meta.ListMeta", definitions))
                .build();
        return ObjectValue.builder()
                .put("properties", properties)
                .put("required", ArrayValue.ofStrings(List.of("items")))
                .put("type", "object")
                .put(
                        "x-kubernetes-group-version-kind",
                        Kinds.list(List.of(version.kind().groupVersion().kind(definition.listKind()))))
                .build();
    }

    private static ObjectValue reference(String name, Definitions definitions) {
        return ObjectValue.of("$ref", Value.of(definitions.dialect().reference(name)));
    }

    private static ObjectValue metadata(String type, Definitions definitions) {
        ObjectValue reference = reference(definitions.use(type), definitions);
        return definitions.dialect() == Dialect.V2 ? reference : ObjectValue.of("allOf", ArrayValue.of(reference));
    }
}
