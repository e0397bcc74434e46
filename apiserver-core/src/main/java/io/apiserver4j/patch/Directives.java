// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives of strategic merge patches: their names, and what concerns one object alone. */
final class Directives {
    static final String MARKER = "$patch";
    static final String REPLACE = "replace";
    static final String DELETE = "delete";
    static final String MERGE = "merge";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
    static final String ELEMENT_ORDER = "$setElementOrder";

    private Directives() {}

    /** The list that a directive of the form {@code $directive/list} is about. */
    static String listName(String member, String directive) {
        int slash = member.indexOf('/');
        if (slash != directive.length()) {
            throw PatchErrors.bad(
                    directive.equals(DELETE_FROM_LIST)
                            ? "invalid patch format of primitive list"
                            : "invalid patch format of setElementOrder list");
        }
        return member.substring(slash + 1);
    }

    /** Carries out {@code $retainKeys}: members of the original that are not in its list go. */
    static void retainKeys(ObjectValue original, ObjectValue patch, ObjectEditor result, ObjectEditor rest) {
        Value directive = patch.get(RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        rest.remove(RETAIN_KEYS);
        ArrayValue list = directive.asArray();
        if (list == null) {
            throw PatchErrors.bad("invalid patch format of retainKeys");
        }
        Set<String> retained = new HashSet<>(list.strings());
        for (int i = 0; i < patch.size(); i++) {
            String name = patch.keyAt(i);
            boolean content = !patch.valueAt(i).isNull()
                    && !name.equals(RETAIN_KEYS)
                    && !name.startsWith(DELETE_FROM_LIST)
                    && !name.startsWith(ELEMENT_ORDER);
            if (content && !retained.contains(name)) {
                throw PatchErrors.bad("invalid patch format of retainKeys");
            }
        }
        for (int i = 0; i < original.size(); i++) {
            if (!retained.contains(original.keyAt(i))) {
                result.remove(original.keyAt(i));
            }
        }
    }

    /** True for an object that carries a directive for itself. */
    static boolean isDirected(Value value) {
        ObjectValue object = value.asObject();
        return object != null && object.has(MARKER);
    }

    /** The value without members that are null, at every depth; items of lists stay. */
    static Value withoutNulls(Value value) {
        ObjectValue object = value.asObject();
        if (object == null) {
            ArrayValue array = value.asArray();
            return array == null ? value : array.map(Directives::withoutNulls);
        }
        ObjectEditor changed = null;
        for (int i = 0; i < object.size(); i++) {
            Value member = object.valueAt(i);
            Value clean = withoutNulls(member);
            if (clean != member || member.isNull()) {
                changed = changed == null ? object.edit() : changed;
                if (member.isNull()) {
                    changed.remove(object.keyAt(i));
                } else {
                    changed.put(object.keyAt(i), clean);
                }
            }
        }
        return changed == null ? object : changed.build();
    }

    /** The value without the objects in it that carry a directive; null where it carries one itself. */
    static @Nullable Value undirected(Value value) {
        ArrayValue array = value.asArray();
        if (array != null) {
            List<Value> kept = new ArrayList<>(array.size());
            boolean same = true;
            for (Value item : array) {
                Value left = undirected(item);
                same &= left == item;
                if (left != null) {
                    kept.add(left);
                }
            }
            return same ? array : ArrayValue.of(kept);
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        if (object.has(MARKER)) {
            return null;
        }
        ObjectEditor changed = null;
        for (int i = 0; i < object.size(); i++) {
            Value left = undirected(object.valueAt(i));
            if (left != object.valueAt(i)) {
                changed = changed == null ? object.edit() : changed;
                if (left == null) {
                    changed.remove(object.keyAt(i));
                } else {
                    changed.put(object.keyAt(i), left);
                }
            }
        }
        return changed == null ? object : changed.build();
    }

    static ApiException unknownPatchType(Value directive, ObjectValue patch) {
        return PatchErrors.plain("unknown patch type: " + (directive.isNull() ? "%!s(<nil>)" : GoPrint.plain(directive))
                + " in map: " + GoPrint.plain(patch));
    }

    static ApiException badType(String expected, Value actual) {
        String received = actual.isNull() ? "%!s(<nil>)" : GoPrint.type(actual);
        return PatchErrors.plain("expected a " + expected + ", but received a " + received);
    }
}
