// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merging of one list of a strategic merge patch into the list that is there. */
final class ListMerge {
    /** The merged list, and the patch list as messages quote it afterwards. */
    record Merged(ArrayValue list, ArrayValue rest) {}

    private ListMerge() {}

    /**
     * Merges.
     *
     * @param meta what the schema says about the list; its schema is that of the items
     * @param deletion true where the patch names values that are to go
     */
    static Merged merge(ArrayValue original, ArrayValue patch, PatchMeta meta, boolean deletion) {
        if (!meta.merges() && !deletion) {
            return new Merged(patch, patch);
        }
        if (original.isEmpty() && patch.isEmpty()) {
            return new Merged(original, patch);
        }
        if (!itemsAreObjects(original, patch)) {
            if (deletion) {
                Set<Value> gone = new HashSet<>(patch.items());
                List<Value> left = new ArrayList<>(original.items());
                left.removeIf(gone::contains);
                return new Merged(ArrayValue.of(left), patch);
            }
            Set<Value> both = new LinkedHashSet<>(original.items());
            both.addAll(patch.items());
            return new Merged(ElementOrder.arrange(new ArrayList<>(both), patch, patch, original, "", false), patch);
        }
        return mergeObjects(original, patch, meta);
    }

    private static Merged mergeObjects(ArrayValue original, ArrayValue patch, PatchMeta meta) {
        String key = meta.mergeKey();
        if (key.isEmpty()) {
            throw PatchErrors.plain("cannot merge lists without merge key for " + meta.kind());
        }
        List<Value> current = new ArrayList<>(original.items());
        List<Value> plain = new ArrayList<>();
        boolean replace = false;
        for (ObjectValue item : patch.objects()) {
            Value directive = item.get(Directives.MARKER);
            if (directive == null) {
                plain.add(item);
            } else if (Directives.DELETE.equals(directive.asString())) {
                Value value = keyOf(item, key);
                current.removeIf(one -> value.equals(objectOf(one).get(key)));
            } else if (Directives.REPLACE.equals(directive.asString())) {
                replace = true;
            } else if (Directives.MERGE.equals(directive.asString())) {
                throw PatchErrors.plain("merging lists cannot yet be specified in the patch");
            } else {
                throw Directives.unknownPatchType(directive, item);
            }
        }
        if (replace) {
            return new Merged(
                    ElementOrder.arrange(plain, ArrayValue.EMPTY, ArrayValue.EMPTY, ArrayValue.of(plain), key, true),
                    patch);
        }
        ArrayValue before = ArrayValue.of(current);
        List<Value> rest = new ArrayList<>(patch.items());
        for (Value item : plain) {
            ObjectValue change = objectOf(item);
            Value value = keyOf(change, key);
            int at = find(current, key, value);
            if (at < 0) {
                current.add(change);
            } else {
                StrategicMergePatch.Result merged = StrategicMergePatch.mergeObjects(
                        objectOf(current.get(at)), change, PatchMeta.root(meta.schema()));
                current.set(at, merged.object());
                rest.set(rest.indexOf(item), merged.rest());
            }
        }
        ArrayValue changes = ArrayValue.of(plain);
        return new Merged(ElementOrder.arrange(current, changes, changes, before, key, true), ArrayValue.of(rest));
    }

    /**
     * True for lists of objects, false for lists of scalars; an error for a mixture, lists of lists and empty lists.
     */
    static boolean itemsAreObjects(@Nullable ArrayValue one, @Nullable ArrayValue other) {
        String type = null;
        for (ArrayValue list : new ArrayValue[] {orEmpty(one), orEmpty(other)}) {
            for (Value item : list) {
                String itemType = GoPrint.type(item);
                if (type == null) {
                    type = itemType;
                    if (item.asArray() != null) {
                        throw PatchErrors.refused();
                    }
                } else if (!type.equals(itemType)) {
                    throw PatchErrors.plain("list element types are not identical: "
                            + GoPrint.plain(ArrayValue.of(orEmpty(one), orEmpty(other))));
                }
            }
        }
        if (type == null) {
            throw PatchErrors.plain("no elements in any of the given slices");
        }
        return type.startsWith("map");
    }

    private static ArrayValue orEmpty(@Nullable ArrayValue list) {
        return list == null ? ArrayValue.EMPTY : list;
    }

    static ObjectValue objectOf(Value item) {
        ObjectValue object = item.asObject();
        if (object == null) {
            throw Directives.badType("map[string]interface {}", item);
        }
        return object;
    }

    static Value keyOf(ObjectValue item, String key) {
        Value value = item.get(key);
        if (value == null) {
            throw noMergeKey(item, key);
        }
        return value;
    }

    private static ApiException noMergeKey(ObjectValue item, String key) {
        return PatchErrors.plain("map: " + GoPrint.plain(item) + " does not contain declared merge key: " + key);
    }

    private static int find(List<Value> items, String key, Value value) {
        for (int i = 0; i < items.size(); i++) {
            if (value.equals(objectOf(items.get(i)).get(key))) {
                return i;
            }
        }
        return -1;
    }
}
