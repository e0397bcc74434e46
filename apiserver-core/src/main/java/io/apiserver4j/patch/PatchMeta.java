// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import java.util.List;

/**
 * What the schema says about merging one field.
 *
 * @param schema of the field's value, or of the items where it was asked for as a list
 * @param strategy {@code merge}, {@code replace} or empty
 * @param mergeKey the key of list items, or empty
 */
record PatchMeta(Schema schema, String strategy, String mergeKey) {
    static PatchMeta root(Schema schema) {
        return new PatchMeta(schema, "", "");
    }

    /** True where a new value takes the place of the old one instead of being merged. */
    boolean replaces() {
        return strategy.equals("replace");
    }

    /** True where lists are merged item by item. */
    boolean merges() {
        return strategy.equals("merge");
    }

    /** What is said about an object member; an error where this schema has no such member. */
    PatchMeta object(String name) {
        SchemaField field = schema.field(name);
        if (field == null) {
            for (SchemaField one : schema.fields()) {
                if (one.name().equalsIgnoreCase(name)) {
                    field = one;
                }
            }
        }
        if (field == null) {
            Shape shape = schema.shape();
            throw PatchErrors.plain(
                    shape == Shape.OBJECT || shape == Shape.ANY
                            ? "unable to find api field in struct " + typeName() + " for the json field "
                                    + GoText.quote(name)
                            : "merging an object in json but data type is not struct, instead is: " + goKind(schema));
        }
        return new PatchMeta(field.schema(), mergeStrategy(field.patchStrategy()), field.patchMergeKey());
    }

    /** What is said about a list member and its items. */
    PatchMeta list(String name) {
        PatchMeta member = object(name);
        if (member.schema.shape() != Shape.LIST) {
            throw PatchErrors.plain("expected slice or array type, but got: " + goKind(schema));
        }
        if (member.schema.items().shape() == Shape.LIST) {
            throw PatchErrors.plain("unexpected slice of slice");
        }
        return new PatchMeta(member.schema.items(), member.strategy, member.mergeKey);
    }

    /** The Go kind of the described type, as some messages name it. */
    String kind() {
        return goKind(schema);
    }

    private static String goKind(Schema schema) {
        return switch (schema.shape()) {
            case MAP -> "map";
            case LIST, BYTES -> "slice";
            case STRING -> "string";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case UINT8 -> "uint8";
            case FLOAT64 -> "float64";
            case BOOLEAN -> "bool";
            default -> "struct";
        };
    }

    private String typeName() {
        String name = schema.name();
        return name.isEmpty() ? "RawExtension" : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String mergeStrategy(String tag) {
        if (!tag.contains("retainKeys")) {
            return tag;
        }
        List<String> others = List.of(tag.split(",")).stream()
                .filter(one -> !one.equals("retainKeys"))
                .toList();
        return others.isEmpty() ? "" : others.get(0);
    }
}
