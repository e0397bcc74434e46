// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of one document: whatever was referred to, and what that refers to. Not safe for use by several
 * threads.
 */
final class Definitions {
    private final Dialect dialect;
    private final Function<String, List<Kind>> kindsOf;
    private final Map<String, Schema> known = new HashMap<>();
    private final Map<String, ObjectValue> custom = new HashMap<>();
    private final Map<String, ObjectValue> done = new TreeMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    /** Definitions that know of a Go type which kinds it is. */
    Definitions(Dialect dialect, Function<String, List<Kind>> kindsOf) {
        this.dialect = dialect;
        this.kindsOf = kindsOf;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The name of a built-in type's definition, which will be among those of the document. */
    @Nullable
    String use(Schema schema) {
        String name = DefinitionNames.of(schema);
        if (name != null && !known.containsKey(name)) {
            known.put(name, itself(schema));
            open.add(name);
        }
        return name;
    }

    /** A named type as it is defined: where it is used, it may be owned in another way. */
    static Schema itself(Schema schema) {
        return schema.shape() == Shape.OBJECT ? SchemaFacts.builtin().type(schema.name()) : schema;
    }

    /** The name of a type of the facts, e.g. {@code meta.Status}. */
    String use(String goType) {
        Schema schema = SchemaFacts.builtin().type(goType);
        String name = use(schema);
        if (name == null) {
            throw new IllegalArgumentException(goType + " has no definition");
        }
        return name;
    }

    /** The name of a built-in kind's definition. */
    String use(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw new IllegalArgumentException("no shape of " + kind);
        }
        return use(schema, kind);
    }

    /** The name of a built-in kind's definition, whose shape is known. */
    String use(Schema schema, Kind kind) {
        String name = use(schema);
        if (name == null) {
            throw new IllegalArgumentException(kind + " has no definition");
        }
        return name;
    }

    /** A definition that is given as a whole. */
    String use(String name, ObjectValue definition) {
        custom.putIfAbsent(name, definition);
        return name;
    }

    /** A definition of the facts that is no type among the shapes. */
    String useFact(String name) {
        return use(name, PublishedFacts.definition(dialect, name));
    }

    /** All definitions, sorted by name. */
    ObjectValue all() {
        while (!open.isEmpty()) {
            String name = open.remove();
            Schema schema = known.get(name);
            if (schema != null) {
                done.put(name, definition(name, schema));
            }
        }
        done.putAll(custom);
        ObjectEditor out = ObjectValue.builder();
        done.forEach(out::put);
        return out.build();
    }

    private ObjectValue definition(String name, Schema schema) {
        ObjectValue whole = PublishedFacts.definition(dialect, name);
        if (!whole.isEmpty()) {
            return whole.without("any");
        }
        ObjectValue shape = new TypeWriter(this).definition(schema);
        List<Kind> kinds = kindsOf.apply(schema.name());
        return kinds.isEmpty() ? shape : shape.with("x-kubernetes-group-version-kind", Kinds.list(kinds));
    }
}
