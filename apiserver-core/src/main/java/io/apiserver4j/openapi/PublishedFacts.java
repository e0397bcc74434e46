// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What documents say that follows from nothing else: the files {@code openapi.json} and {@code docs.json} of the facts. */
final class PublishedFacts {
    private static final class Builtin {
        static final ObjectValue FACTS = read("openapi.json");
        static final ObjectValue DOCS = read("docs.json");
    }

    private PublishedFacts() {}

    /** Members that are added to the definition of a type, or empty. */
    static ObjectValue ofType(String goType) {
        return Builtin.FACTS.objectOrEmpty("types").objectOrEmpty(goType);
    }

    /** Members that a field has in place of those that follow from its shape, or empty. */
    static ObjectValue ofField(String goType, String field) {
        return Builtin.FACTS.objectOrEmpty("fields").objectOrEmpty(goType + "." + field);
    }

    /** Whole definitions by dialect, of types that are not among the shapes, or empty. */
    static ObjectValue definition(Dialect dialect, String name) {
        ObjectValue own = Builtin.FACTS.objectOrEmpty(dialect.name()).objectOrEmpty(name);
        return own.isEmpty() ? Builtin.FACTS.objectOrEmpty("definitions").objectOrEmpty(name) : own;
    }

    /** The name under which Swagger 2 shares a parameter, or the empty text where it stands at each use. */
    static String sharedName(Parameter parameter) {
        ObjectValue shared = Builtin.FACTS.objectOrEmpty("shared");
        String own = shared.stringOrEmpty(parameter.owner() + "." + parameter.place() + "." + parameter.name());
        return own.isEmpty() ? shared.stringOrEmpty(parameter.place() + "." + parameter.name()) : own;
    }

    /** What a parameter is for, in our words, or the empty text. */
    static String about(Parameter parameter) {
        return Builtin.FACTS.objectOrEmpty("about").stringOrEmpty(parameter.name());
    }

    /** What a type is, in our words, or the empty text. */
    static String aboutType(String goType) {
        return Builtin.DOCS.stringOrEmpty(goType);
    }

    /**
     * What a field is for, in our words, or the empty text.
     *
     * @param ofKind true where the field's type is a kind: some fields mean the same in all of them
     */
    static String aboutField(String goType, String field, boolean ofKind) {
        String own = Builtin.DOCS.stringOrEmpty(goType + "." + field);
        return own.isEmpty() && ofKind ? Builtin.DOCS.stringOrEmpty(field) : own;
    }

    /** The group versions, with those that the release knows and does not serve, in which options are kinds. */
    static List<GroupVersion> optionVersions() {
        return Builtin.FACTS.arrayOrEmpty("optionVersions").strings().stream()
                .map(GroupVersion::parse)
                .toList();
    }

    private static ObjectValue read(String file) {
        try (InputStream in = PublishedFacts.class.getResourceAsStream("/io/apiserver4j/facts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
