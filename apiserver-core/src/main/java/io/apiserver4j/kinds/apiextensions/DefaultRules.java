// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/** Defaults in structural schemas: of the type that the schema has, and without fields it does not know. */
final class DefaultRules {
    private DefaultRules() {}

    static void check(ObjectValue schema, ValuePath path, FieldErrors errors) {
        Value given = schema.get("default");
        if (given != null && !given.isNull()) {
            ValuePath at = path.field("default");
            if (!pruned(given, schema).equals(given)) {
                errors.invalid(at, given, "must not have unknown fields");
            }
            type(given, schema, at, errors);
        }
        ObjectValue items = schema.getObject("items");
        if (items != null) {
            check(items, path.field("items"), errors);
        }
        ObjectValue properties = schema.objectOrEmpty("properties").sorted();
        for (ObjectValue.Member member : properties) {
            check(
                    properties.objectOrEmpty(member.key()),
                    path.field("properties").key(member.key()),
                    errors);
        }
    }

    private static void type(Value given, ObjectValue schema, ValuePath path, FieldErrors errors) {
        String wanted = schema.stringOrEmpty("type");
        String actual = typeOf(given);
        boolean fits = wanted.isEmpty()
                || wanted.equals(actual)
                || wanted.equals("number") && actual.equals("integer")
                || schema.isTrue("x-kubernetes-int-or-string");
        if (!fits) {
            errors.typeInvalid(
                    path, "\"" + actual + "\"", " in body must be of type " + wanted + ": \"" + actual + "\"");
        }
    }

    private static String typeOf(Value value) {
        NumberValue number = value.asNumber();
        if (number != null) {
            return number.isInteger() ? "integer" : "number";
        }
        return value.asBoolean() != null ? "boolean" : value.typeName();
    }

    /** A value without what its schema does not know. */
    private static Value pruned(Value value, @Nullable ObjectValue schema) {
        if (schema != null && schema.isTrue("x-kubernetes-preserve-unknown-fields")) {
            return value;
        }
        ArrayValue items = value.asArray();
        if (items != null) {
            ObjectValue inner = schema == null ? null : schema.getObject("items");
            return items.map(item -> pruned(item, inner));
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        ObjectValue known = schema == null ? ObjectValue.EMPTY : schema.objectOrEmpty("properties");
        ObjectValue others = schema == null ? null : schema.getObject("additionalProperties");
        boolean any = schema != null && schema.isTrue("additionalProperties");
        ObjectValue out = object;
        for (ObjectValue.Member member : object) {
            ObjectValue inner = known.getObject(member.key());
            inner = inner == null ? others : inner;
            boolean server = schema != null
                    && schema.isTrue("x-kubernetes-embedded-resource")
                    && (member.key().equals("metadata")
                            || member.key().equals("kind")
                            || member.key().equals("apiVersion"));
            if (inner != null && !server) {
                out = out.with(member.key(), pruned(member.value(), inner));
            } else if (!any && !server) {
                out = out.without(member.key());
            }
        }
        return out;
    }
}
