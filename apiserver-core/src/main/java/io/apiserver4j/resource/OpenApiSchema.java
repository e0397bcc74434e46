// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a kind as OpenAPI v3 has it, by the rules of structural schemas: built up here, or taken from a document.
 * Immutable; each method gives a changed copy.
 */
public final class OpenApiSchema {
    private final ObjectValue tree;

    private OpenApiSchema(ObjectValue tree) {
        this.tree = tree;
    }

    /** A schema as it is. */
    public static OpenApiSchema of(ObjectValue schema) {
        return new OpenApiSchema(schema);
    }

    /**
     * A schema of an OpenAPI document (of version 2 or 3), with all it refers to put in place. Where a type contains itself,
     * anything may stand.
     *
     * @throws IllegalArgumentException where the document has no schema of that name
     */
    public static OpenApiSchema ofDocument(ObjectValue document, String name) {
        ObjectValue schemas = document.objectOrEmpty("components").objectOrEmpty("schemas");
        ObjectValue all = schemas.isEmpty() ? document.objectOrEmpty("definitions") : schemas;
        ObjectValue found = all.getObject(name);
        if (found == null) {
            throw new IllegalArgumentException("the document has no schema " + name);
        }
        Set<String> open = new HashSet<>(Set.of(name));
        ObjectValue whole = resolved(found, all, open).asObject();
        return new OpenApiSchema(whole == null ? found : whole);
    }

    private static Value resolved(Value value, ObjectValue all, Set<String> open) {
        ArrayValue array = value.asArray();
        if (array != null) {
            List<Value> out = new ArrayList<>(array.size());
            array.forEach(item -> out.add(resolved(item, all, open)));
            return ArrayValue.of(out);
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        String reference = object.getString("$ref");
        if (reference == null) {
            ObjectEditor out = ObjectValue.builder();
            object.forEach(member -> out.put(member.key(), resolved(member.value(), all, open)));
            return out.build();
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        ObjectValue target = all.getObject(name);
        if (target == null) {
            throw new IllegalArgumentException("the document has no schema " + name);
        }
        if (!open.add(name)) {
            return any().tree;
        }
        Value out = resolved(target, all, open);
        open.remove(name);
        return out;
    }

    private static OpenApiSchema type(String type) {
        return new OpenApiSchema(ObjectValue.of("type", Value.of(type)));
    }

    /** An object whose members are named by {@link #property}. */
    public static OpenApiSchema object() {
        return type("object");
    }

    /** A text. */
    public static OpenApiSchema string() {
        return type("string");
    }

    /** A whole number. */
    public static OpenApiSchema integer() {
        return type("integer");
    }

    /** A number. */
    public static OpenApiSchema number() {
        return type("number");
    }

    /** True or false. */
    public static OpenApiSchema bool() {
        return type("boolean");
    }

    /** A list. */
    public static OpenApiSchema list(OpenApiSchema items) {
        return type("array").with("items", items.tree);
    }

    /** A list whose items are known by some of their members: server-side apply merges it by them. */
    public static OpenApiSchema listByKeys(OpenApiSchema items, String... keys) {
        return list(items)
                .with("x-kubernetes-list-type", Value.of("map"))
                .with("x-kubernetes-list-map-keys", ArrayValue.ofStrings(List.of(keys)));
    }

    /** An object with any names as members. */
    public static OpenApiSchema map(OpenApiSchema values) {
        return object().with("additionalProperties", values.tree);
    }

    /** Any value. */
    public static OpenApiSchema any() {
        return new OpenApiSchema(ObjectValue.of("x-kubernetes-preserve-unknown-fields", Value.of(true)));
    }

    /** A whole number or a text, such as a port. */
    public static OpenApiSchema integerOrString() {
        return new OpenApiSchema(ObjectValue.of("x-kubernetes-int-or-string", Value.of(true)));
    }

    /** With a member that may be left out. */
    public OpenApiSchema property(String name, OpenApiSchema schema) {
        return with("properties", tree.objectOrEmpty("properties").with(name, schema.tree));
    }

    /** With a member that must be there. */
    public OpenApiSchema required(String name, OpenApiSchema schema) {
        List<String> names = new ArrayList<>(tree.arrayOrEmpty("required").strings());
        names.add(name);
        return property(name, schema).with("required", ArrayValue.ofStrings(names));
    }

    /** With a text for people. */
    public OpenApiSchema description(String text) {
        return with("description", Value.of(text));
    }

    /** With a value that stands where none is given. */
    public OpenApiSchema defaultValue(Value value) {
        return with("default", value);
    }

    /** With these texts as the only ones. */
    public OpenApiSchema oneOf(String... texts) {
        return with("enum", ArrayValue.ofStrings(List.of(texts)));
    }

    /** With a regular expression (RE2) that a text must match. */
    public OpenApiSchema pattern(String expression) {
        return with("pattern", Value.of(expression));
    }

    /** With bounds for a number, both included. */
    public OpenApiSchema between(long least, long most) {
        return with("minimum", Value.of(least)).with("maximum", Value.of(most));
    }

    /** With a rule in CEL, and what is said where it does not hold. */
    public OpenApiSchema rule(String expression, String message) {
        List<Value> rules = new ArrayList<>();
        tree.arrayOrEmpty("x-kubernetes-validations").forEach(rules::add);
        rules.add(ObjectValue.of("rule", Value.of(expression), "message", Value.of(message)));
        return with("x-kubernetes-validations", ArrayValue.of(rules));
    }

    /** With any other member of a schema. */
    public OpenApiSchema with(String member, Value value) {
        return new OpenApiSchema(tree.with(member, value));
    }

    /** The schema as it stands in documents. */
    public ObjectValue tree() {
        return tree;
    }
}
