// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.SchemaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kinds of options as parameters of a query: each field that is a scalar, or a list of scalars. */
final class Parameters {
    static final Parameter PRETTY = new Parameter("pretty", "query", "string", "");
    static final Parameter NAME = Parameter.path("name");
    static final Parameter NAMESPACE = Parameter.path("namespace");
    static final Parameter PATH = Parameter.path("path");

    private static final Set<String> ONLY_WATCH = Set.of("watch", "allowWatchBookmarks");

    private static final Set<String> TYPE_META = Set.of("kind", "apiVersion");
    private static final Set<String> COMMON = Set.of("ListOptions", "CreateOptions", "DeleteOptions");

    private Parameters() {}

    static List<Parameter> list() {
        return of(new Kind("", "v1", "ListOptions"));
    }

    /** Of creations and of updates, whose parameters are the same. */
    static List<Parameter> write() {
        return of(new Kind("", "v1", "CreateOptions"));
    }

    static List<Parameter> patch() {
        return of(new Kind("", "v1", "PatchOptions"));
    }

    static List<Parameter> delete() {
        return of(new Kind("", "v1", "DeleteOptions"));
    }

    static List<Parameter> deleteCollection() {
        List<Parameter> out = new ArrayList<>(list());
        out.removeIf(parameter -> ONLY_WATCH.contains(parameter.name()));
        out.addAll(delete());
        return out;
    }

    /** The fields of a kind of options. */
    static List<Parameter> of(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        List<Parameter> out = new ArrayList<>();
        if (schema != null) {
            for (SchemaField field : schema.fields()) {
                String type = type(field.schema());
                if (!type.isEmpty() && !TYPE_META.contains(field.name())) {
                    out.add(new Parameter(field.name(), "query", type, owner(kind.kind(), field.name())));
                }
            }
        }
        return out;
    }

    /** Parameters of writes and lists mean the same everywhere, but that an apply needs a manager. */
    private static String owner(String kind, String field) {
        if (kind.equals("PatchOptions")) {
            return field.equals("fieldManager") ? kind : "";
        }
        return COMMON.contains(kind) ? "" : kind;
    }

    private static String type(Schema schema) {
        return switch (schema.shape()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case INT32, INT64 -> "integer";
            case LIST -> type(schema.items());
            default -> "";
        };
    }
}
