// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ways through a schema in object form (JSONSchemaProps). What is absent, null, false, zero or empty counts as not set. */
final class SchemaTree {
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "definitions", "dependencies");

    private SchemaTree() {}

    /** True where a member is set. */
    static boolean has(ObjectValue schema, String name) {
        Value value = schema.get(name);
        return value != null
                && !value.isNull()
                && value != BooleanValue.FALSE
                && !"".equals(value.asString())
                && !ArrayValue.EMPTY.equals(value)
                && (!ObjectValue.EMPTY.equals(value) || name.equals("default") || name.equals("items"));
    }

    /** The schema itself, then all schemas within, from the outside to the inside. */
    static void walk(ObjectValue schema, Consumer<ObjectValue> visitor) {
        visitor.accept(schema);
        Value items = schema.get("items");
        if (items != null && items.asArray() != null) {
            schema.arrayOrEmpty("items").objects().forEach(one -> walk(one, visitor));
        } else {
            within(schema, "items", visitor);
        }
        for (String name : LISTS) {
            schema.arrayOrEmpty(name).objects().forEach(one -> walk(one, visitor));
        }
        within(schema, "not", visitor);
        for (String name : MAPS) {
            ObjectValue map = schema.objectOrEmpty(name).sorted();
            for (ObjectValue.Member member : map) {
                within(map, member.key(), visitor);
            }
        }
        within(schema, "additionalProperties", visitor);
        within(schema, "additionalItems", visitor);
    }

    private static void within(ObjectValue holder, String name, Consumer<ObjectValue> visitor) {
        ObjectValue schema = holder.getObject(name);
        if (schema != null) {
            walk(schema, visitor);
        }
    }

    /** All schemas of a definition's spec, in either layout. */
    static void walkAll(ObjectValue spec, Consumer<ObjectValue> visitor) {
        root(spec.getObject("validation"), visitor);
        spec.arrayOrEmpty("versions").objects().forEach(version -> root(version.getObject("schema"), visitor));
    }

    private static void root(@Nullable ObjectValue validation, Consumer<ObjectValue> visitor) {
        ObjectValue schema = validation == null ? null : validation.getObject("openAPIV3Schema");
        if (schema != null) {
            walk(schema, visitor);
        }
    }

    /** True where any schema of a spec is as a predicate has it. */
    static boolean anyOf(ObjectValue spec, Predicate<ObjectValue> predicate) {
        boolean[] found = {false};
        walkAll(spec, schema -> found[0] |= predicate.test(schema));
        return found[0];
    }
}
