// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields that the logical parts of a root schema restrict have to be there outside of them, too. */
final class StructuralCompleteness {
    private StructuralCompleteness() {}

    static void check(ObjectValue schema, ValuePath path, FieldErrors errors) {
        logic(schema, schema, path, path, errors);
    }

    private static void logic(
            ObjectValue part, ObjectValue structure, ValuePath at, ValuePath partPath, FieldErrors errors) {
        ObjectValue not = part.getObject("not");
        if (not != null) {
            nested(not, structure, at, partPath.field("not"), errors);
        }
        for (String name : List.of("allOf", "anyOf", "oneOf")) {
            ArrayValue clauses = part.arrayOrEmpty(name);
            for (int i = 0; i < clauses.size(); i++) {
                nested(clauses.objectAt(i), structure, at, partPath.field(name).index(i), errors);
            }
        }
    }

    private static void nested(
            ObjectValue part, @Nullable ObjectValue structure, ValuePath at, ValuePath partPath, FieldErrors errors) {
        if (structure == null) {
            errors.required(at, "because it is defined in " + partPath);
            return;
        }
        logic(part, structure, at, partPath, errors);
        ObjectValue items = part.getObject("items");
        if (items != null) {
            nested(items, structure.getObject("items"), at.field("items"), partPath.field("items"), errors);
        }
        ObjectValue properties = part.objectOrEmpty("properties");
        ObjectValue known = structure.objectOrEmpty("properties");
        for (ObjectValue.Member member : properties) {
            nested(
                    properties.objectOrEmpty(member.key()),
                    known.getObject(member.key()),
                    at.field("properties").key(member.key()),
                    partPath.field("properties").key(member.key()),
                    errors);
        }
    }
}
