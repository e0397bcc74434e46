// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The extensions that say how lists and maps are merged: what they need beside them. */
final class ListTypeRules {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final Choice MAP_TYPES = new Choice(List.of("atomic", "granular"));
    private static final Choice LIST_TYPES = new Choice(List.of("atomic", "set", "map"));

    private ListTypeRules() {}

    static void check(ObjectValue schema, SchemaOptions options, ValuePath path, FieldErrors errors) {
        if (schema.getString(MAP_TYPE) != null) {
            wants(schema, "object", MAP_TYPE, path.field("type"), errors);
            MAP_TYPES.check(schema, MAP_TYPE, path, errors);
        }
        if (schema.getString(LIST_TYPE) != null
                && !wants(schema, "array", LIST_TYPE, path.field("type"), errors)
                && options.requireAtomicSets()) {
            atomicItems(schema, path.field("items"), errors);
        }
        LIST_TYPES.check(schema, LIST_TYPE, path, errors);
        keys(schema, path, errors);
        if (options.requireMapKeys()) {
            keysAndItems(schema, path, errors);
        }
    }

    /** True where a schema has another type than an extension wants, which is told. */
    private static boolean wants(
            ObjectValue schema, String type, String extension, ValuePath path, FieldErrors errors) {
        String given = schema.stringOrEmpty("type");
        String detail = "must be " + type + " if " + extension + " is specified";
        if (given.isEmpty()) {
            errors.required(path, detail);
        } else if (!given.equals(type)) {
            errors.invalid(path, given, detail);
        }
        return !given.equals(type);
    }

    /** True for sets whose items are not taken as a whole, which older servers let through. */
    static boolean isNonAtomicSet(ObjectValue schema) {
        FieldErrors errors = new FieldErrors();
        atomicItems(schema, ValuePath.ROOT, errors);
        return !errors.isEmpty();
    }

    private static void atomicItems(ObjectValue schema, ValuePath path, FieldErrors errors) {
        ObjectValue items = schema.getObject("items");
        if (items == null || !schema.stringOrEmpty(LIST_TYPE).equals("set")) {
            return;
        }
        String detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
        String shown = items.getString(LIST_TYPE) == null ? "null" : FieldErrors.json(items.stringOrEmpty(LIST_TYPE));
        String type = items.stringOrEmpty("type");
        if (type.equals("array") && !items.stringOrEmpty(LIST_TYPE).equals("atomic") && !shown.equals("null")) {
            errors.invalidShown(path.field(LIST_TYPE), shown, detail);
        } else if (type.equals("object") && !items.stringOrEmpty(MAP_TYPE).equals("atomic")) {
            errors.invalidShown(path.field(MAP_TYPE), shown, detail);
        }
    }

    private static void keys(ObjectValue schema, ValuePath path, FieldErrors errors) {
        List<String> keys = schema.arrayOrEmpty(KEYS).strings();
        String type = schema.getString(LIST_TYPE);
        String needsMap = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (!keys.isEmpty() && type == null) {
            errors.required(path.field(LIST_TYPE), needsMap);
        } else if (type != null && !keys.isEmpty() && !type.equals("map")) {
            errors.invalid(path.field(LIST_TYPE), type, needsMap);
        }
        if (!"map".equals(type)) {
            return;
        }
        if (keys.isEmpty()) {
            errors.required(path.field(KEYS), "must not be empty if x-kubernetes-list-type is map");
        }
        Value given = schema.get("items");
        ObjectValue items = schema.getObject("items");
        if (given == null || given.isNull()) {
            errors.required(path.field("items"), "must have a schema if x-kubernetes-list-type is map");
        } else if (items == null) {
            errors.invalid(
                    path.field("items"), given, "must only have a single schema if x-kubernetes-list-type is map");
        } else if (!items.stringOrEmpty("type").equals("object")) {
            errors.invalid(
                    path.fields("items", "type"),
                    items.stringOrEmpty("type"),
                    "must be object if parent array's x-kubernetes-list-type is map");
        } else {
            named(keys, items, path, errors);
        }
    }

    private static void named(List<String> keys, ObjectValue items, ValuePath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            ObjectValue property = items.objectOrEmpty("properties").getObject(key);
            String type = property == null ? "" : property.stringOrEmpty("type");
            if (property == null) {
                errors.invalidShown(
                        path.field(KEYS), FieldErrors.json(keys), "entries must all be names of item properties");
            } else if (type.equals("array") || type.equals("object")) {
                // the type that is shown is that of the items: as in Kubernetes
                errors.invalid(
                        path.fields("items", "properties").key(key).field("type"),
                        items.stringOrEmpty("type"),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }
            if (!seen.add(key)) {
                errors.invalidShown(path.field(KEYS), FieldErrors.json(keys), "must not contain duplicate entries");
            }
        }
    }

    /** Items that are told apart are never null, and what tells them apart is always there. */
    static void keysAndItems(ObjectValue schema, ValuePath path, FieldErrors errors) {
        String type = schema.stringOrEmpty(LIST_TYPE);
        ObjectValue items = schema.getObject("items");
        if (items == null || !type.equals("set") && !type.equals("map")) {
            return;
        }
        if (items.isTrue("nullable")) {
            errors.forbidden(
                    path.fields("items", "nullable"), "cannot be nullable when x-kubernetes-list-type is " + type);
        }
        List<String> required = items.arrayOrEmpty("required").strings();
        for (String key : type.equals("map") ? schema.arrayOrEmpty(KEYS).strings() : List.<String>of()) {
            ObjectValue property = items.objectOrEmpty("properties").getObject(key);
            ValuePath at = path.fields("items", "properties").key(key);
            if (property != null && !required.contains(key) && !SchemaTree.has(property, "default")) {
                errors.required(
                        at.field("default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            }
            if (property != null && property.isTrue("nullable")) {
                errors.forbidden(
                        at.field("nullable"),
                        "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
            }
        }
    }
}
