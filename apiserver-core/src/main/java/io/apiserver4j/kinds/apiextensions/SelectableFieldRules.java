// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields that clients may select objects by: paths to scalars that the schema knows. */
final class SelectableFieldRules {
    private static final int MAX_FIELDS = 8;
    private static final Set<String> SCALARS = Set.of("string", "boolean", "integer");

    private SelectableFieldRules() {}

    /** Checks fields; {@code whenMissing} is said where there are some but no schema. */
    static void check(
            ArrayValue fields,
            @Nullable ObjectValue validation,
            String whenMissing,
            ValuePath path,
            FieldErrors errors) {
        if (fields.isEmpty()) {
            return;
        }
        ObjectValue schema = validation == null ? null : validation.getObject("openAPIV3Schema");
        if (schema == null) {
            errors.invalid(path, "", whenMissing);
            return;
        }
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String text = fields.objectAt(i).stringOrEmpty("jsonPath");
            ValuePath at = path.index(i).field("jsonPath");
            SchemaFieldPath found = SchemaFieldPath.follow(text, schema, false);
            ObjectValue selected = found.schema();
            if (text.isEmpty()) {
                errors.required(at, "");
            } else if (selected == null) {
                errors.invalid(at, text, "is an invalid path: " + found.problem());
            } else {
                selected(text, found, selected, at, errors);
                if (!seen.add(found.names())) {
                    errors.duplicate(at, text);
                }
            }
        }
        if (seen.size() > MAX_FIELDS) {
            errors.tooMany(path, seen.size(), MAX_FIELDS);
        }
    }

    private static void selected(
            String text, SchemaFieldPath found, ObjectValue schema, ValuePath path, FieldErrors errors) {
        if (!found.names().isEmpty() && found.names().get(0).equals("metadata")) {
            errors.invalid(path, text, "must not point to fields in metadata");
        }
        if (!SCALARS.contains(schema.stringOrEmpty("type"))) {
            errors.invalid(
                    path,
                    text,
                    "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                            + " formats are allowed.");
        }
    }
}
