// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** Definitions of custom kinds: the published schema with the members that all objects have. */
final class CustomSchemas {
    private final CustomSchemaSource source;

    CustomSchemas(CustomSchemaSource source) {
        this.source = source;
    }

    ObjectValue object(ResourceDefinition definition, VersionDefinition version, Definitions definitions) {
        ObjectValue schema = source.schema(definition, version.version());
        ObjectValue typed = version.schema().fields().isEmpty()
                ? ObjectValue.of("type", Value.of("object"))
                : new TypeWriter(definitions).definition(version.schema());
        ObjectValue base = schema != null ? schema : typed;
        ObjectValue properties = base.objectOrEmpty("properties")
                .with("apiVersion", text())
                .with("kind", text())
                .with("metadata", metadata("meta.ObjectMeta", definitions));
        return base.with("properties", properties)
                .with("type", "object")
                .with("x-kubernetes-group-version-kind", Kinds.list(List.of(version.kind())));
    }

    ObjectValue list(
            ResourceDefinition definition, VersionDefinition version, String object, Definitions definitions) {
        ObjectValue items = ObjectValue.builder()
                .put("items", reference(object, definitions))
                .put("type", "array")
                .build();
        return ObjectValue.builder()
                .put(
                        "properties",
                        ObjectValue.builder()
                                .put("apiVersion", text())
                                .put("items", items)
                                .put("kind", text())
                                .put("metadata", metadata("meta.ListMeta", definitions))
                                .build())
                .put("required", ArrayValue.ofStrings(List.of("items")))
                .put("type", "object")
                .put(
                        "x-kubernetes-group-version-kind",
                        Kinds.list(List.of(version.kind().groupVersion().kind(definition.listKind()))))
                .build();
    }

    private static ObjectValue text() {
        return ObjectValue.of("type", Value.of("string"));
    }

    private static ObjectValue reference(String name, Definitions definitions) {
        return ObjectValue.of("$ref", Value.of(definitions.dialect().reference(name)));
    }

    private static ObjectValue metadata(String type, Definitions definitions) {
        ObjectValue reference = reference(definitions.use(type), definitions);
        return definitions.dialect() == Dialect.V2
                ? reference
                : ObjectValue.of("allOf", ArrayValue.of(reference));
    }
}
