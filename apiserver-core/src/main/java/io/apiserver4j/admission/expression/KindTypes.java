// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelType;
import io.apiserver4j.cel.FieldNames;
import io.apiserver4j.cel.SchemaTypes;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.CustomForm;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.SchemaField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of whole objects, by their kinds, as the published schemas have them. */
final class KindTypes {
    private static final String METADATA = "metadata";
    private static final Kind PLAIN = new Kind("", "v1", "ConfigMap");

    private KindTypes() {}

    /** The type of a kind that is served, or null where nothing is known of it. */
    static @Nullable CelType of(Catalog catalog, Kind kind, String name) {
        ResourceDefinition definition = catalog.find(kind);
        VersionDefinition version = definition == null ? null : definition.version(kind.version());
        if (version == null) {
            return null;
        }
        CustomForm form = version.form();
        return form == null ? builtin(version.schema(), name, new HashSet<>()) : custom(form, name);
    }

    private static @Nullable CelType custom(CustomForm form, String name) {
        CelType type = SchemaTypes.of(form.document(), true, name);
        Schema plain = SchemaFacts.builtin().kind(PLAIN);
        Schema metadata = plain == null ? null : plain.fieldSchema(METADATA);
        if (type == null || metadata == null) {
            return type;
        }
        Map<String, CelType.Field> fields = new LinkedHashMap<>(type.fields());
        fields.put(METADATA, new CelType.Field(METADATA, builtin(metadata, name + "." + METADATA, new HashSet<>())));
        return CelType.objectOf(name, fields);
    }

    /**
     * The type of a shape.
     *
     * @param around the shapes that this one is inside of: those that hold themselves end there
     */
    private static CelType builtin(Schema schema, String name, Set<Schema> around) {
        return switch (schema.shape()) {
            case OBJECT -> object(schema, name, around);
            case MAP -> CelType.map(CelType.STRING, builtin(schema.items(), name + ".@elem", around));
            case LIST -> CelType.list(builtin(schema.items(), name + ".@idx", around));
            case STRING, DURATION -> CelType.STRING;
            case BYTES -> CelType.BYTES;
            case INT32, INT64, UINT8 -> CelType.INT;
            case FLOAT64 -> CelType.DOUBLE;
            case BOOLEAN -> CelType.BOOL;
            case TIME, MICRO_TIME -> CelType.TIMESTAMP;
            case ANY, INT_OR_STRING, QUANTITY -> CelType.DYN;
        };
    }

    private static CelType object(Schema schema, String name, Set<Schema> around) {
        if (schema.fields().isEmpty() || !around.add(schema)) {
            return CelType.DYN;
        }
        Map<String, CelType.Field> fields = new LinkedHashMap<>();
        for (SchemaField field : schema.fields()) {
            String escaped = FieldNames.escape(field.name());
            if (escaped != null) {
                CelType type = builtin(field.schema(), name + "." + field.name(), around);
                fields.put(escaped, new CelType.Field(field.name(), type));
            }
        }
        around.remove(schema);
        return CelType.objectOf(name, fields);
    }
}
