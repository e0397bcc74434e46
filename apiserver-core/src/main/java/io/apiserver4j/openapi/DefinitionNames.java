// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of definitions: Go packages with dots for built-in types, the group turned around for custom ones. */
final class DefinitionNames {
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    private DefinitionNames() {}

    /** The name of a type that has a definition of its own, or null for those that stand where they are used. */
    static @Nullable String of(Schema schema) {
        return switch (schema.shape()) {
            case OBJECT -> schema.name().isEmpty() ? null : ofGoType(schema.name());
            case QUANTITY -> "io.k8s.apimachinery.pkg.api.resource.Quantity";
            case INT_OR_STRING -> "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
            case TIME -> META + "Time";
            case MICRO_TIME -> META + "MicroTime";
            case DURATION -> META + "Duration";
            case ANY -> ofAny(schema);
            default -> null;
        };
    }

    private static @Nullable String ofAny(Schema schema) {
        return switch (schema.anyForm()) {
            case UNTYPED -> null;
            case RAW_EXTENSION -> "io.k8s.apimachinery.pkg.runtime.RawExtension";
            case FIELDS_V1 -> META + "FieldsV1";
            case JSON -> EXTENSIONS + "JSON";
            case SCHEMA_OR_BOOL -> EXTENSIONS + "JSONSchemaPropsOrBool";
            case SCHEMA_OR_ARRAY -> EXTENSIONS + "JSONSchemaPropsOrArray";
            case SCHEMA_OR_STRING_ARRAY -> EXTENSIONS + "JSONSchemaPropsOrStringArray";
        };
    }

    static String ofGoType(String name) {
        return "io.k8s." + name.replace('/', '.');
    }

    /** A type of the package of metadata. */
    static String meta(String name) {
        return META + name;
    }

    /** A custom kind. */
    static String custom(Kind kind) {
        List<String> parts = Arrays.asList(kind.group().split("\\."));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + kind.version() + "." + kind.kind();
    }
}
