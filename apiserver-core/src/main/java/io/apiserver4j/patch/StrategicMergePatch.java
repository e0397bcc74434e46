// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strategic merge patch: a merge patch that knows from the schema which lists are merged item by item and by which
 * key, and that carries directives: {@code $patch}, {@code $retainKeys}, {@code $setElementOrder/list} and
 * {@code $deleteFromPrimitiveList/list}. Rules and texts are those of apimachinery's strategicpatch. Immutable.
 */
public final class StrategicMergePatch {
    private final ObjectValue patch;
    private final List<String> findings;

    /**
     * The outcome.
     *
     * @param object the patched document, not yet read as its kind
     * @param rest the patch as messages about the outcome quote it: without the directives that were used up
     */
    public record Result(ObjectValue object, ObjectValue rest) {
        /** The rest in the form in which messages quote it. */
        public String shown() {
            return GoPrint.plain(rest);
        }
    }

    private StrategicMergePatch(ObjectValue patch, List<String> findings) {
        this.patch = patch;
        this.findings = findings;
    }

    /**
     * Takes a body.
     *
     * @param checked true where unknown and duplicate fields are looked for (fieldValidation Warn and Strict)
     * @throws io.apiserver4j.meta.ApiException 400 where the body is no object
     */
    public static StrategicMergePatch of(PatchBody body, boolean checked) {
        Value value = body.value();
        ObjectValue patch = value.isNull() ? ObjectValue.EMPTY : value.asObject();
        if (patch == null) {
            throw PatchErrors.bad(PatchErrors.cannotUnmarshal(value, "map[string]interface {}"));
        }
        return new StrategicMergePatch(patch, checked ? body.duplicateFindings("") : List.of());
    }

    /** What a strict reader found in the patch. */
    public List<String> findings() {
        return findings;
    }

    /**
     * Patches a document.
     *
     * @param document an object in the version of the request, in its typed form
     * @throws io.apiserver4j.meta.ApiException 400, 422 or 500 where the patch does not fit document or schema
     */
    public Result apply(ObjectValue document, Schema schema) {
        if (patch.isEmpty()) {
            return new Result(document, patch);
        }
        return mergeObjects(document, patch, PatchMeta.root(schema));
    }

    static Result mergeObjects(ObjectValue original, ObjectValue patch, PatchMeta meta) {
        Value directive = patch.get(Directives.MARKER);
        if (directive != null) {
            return directed(directive, patch);
        }
        ObjectEditor result = original.edit();
        ObjectEditor rest = patch.edit();
        Directives.retainKeys(original, patch, result, rest);
        ElementOrder.apply(patch, result, rest, meta);
        // what ordering used up is gone from the rest, so only what is left there is merged
        ObjectValue remaining = rest.build();
        for (int i = 0; i < remaining.size(); i++) {
            mergeMember(remaining.keyAt(i), remaining.valueAt(i), result, rest, meta);
        }
        return new Result(result.build(), rest.build());
    }

    private static Result directed(Value directive, ObjectValue patch) {
        if (Directives.REPLACE.equals(directive.asString())) {
            ObjectValue content = patch.without(Directives.MARKER);
            return new Result(content, content);
        }
        if (Directives.DELETE.equals(directive.asString())) {
            return new Result(ObjectValue.EMPTY, patch);
        }
        throw Directives.unknownPatchType(directive, patch);
    }

    private static void mergeMember(
            String member, Value change, ObjectEditor result, ObjectEditor rest, PatchMeta meta) {
        boolean deletion = member.startsWith(Directives.DELETE_FROM_LIST);
        String name = deletion ? Directives.listName(member, Directives.DELETE_FROM_LIST) : member;
        if (change.isNull()) {
            result.remove(name);
            return;
        }
        Value current = result.get(name);
        if (current == null || !GoPrint.type(current).equals(GoPrint.type(change))) {
            if (!deletion) {
                take(member, name, change, result, rest);
            }
            return;
        }
        ObjectValue currentObject = current.asObject();
        ObjectValue changeObject = change.asObject();
        ArrayValue currentList = current.asArray();
        ArrayValue changeList = change.asArray();
        if (currentObject != null && changeObject != null) {
            PatchMeta inner = meta.object(name);
            if (inner.replaces()) {
                result.put(name, changeObject);
                return;
            }
            Result merged = mergeObjects(currentObject, changeObject, inner);
            result.put(name, merged.object());
            rest.put(member, merged.rest());
        } else if (currentList != null && changeList != null) {
            ListMerge.Merged merged = ListMerge.merge(currentList, changeList, meta.list(name), deletion);
            result.put(name, merged.list());
            rest.put(member, merged.rest());
        } else {
            result.put(name, change);
        }
    }

    /** A value that comes in whole, without the nulls and the directed parts in it. */
    private static void take(String member, String name, Value change, ObjectEditor result, ObjectEditor rest) {
        Value clean = Directives.withoutNulls(change);
        Value taken = Directives.undirected(clean);
        if (taken == null) {
            result.remove(name);
        } else {
            result.put(name, taken);
            rest.put(member, change.asObject() == null ? clean : taken);
        }
    }

    static @Nullable ArrayValue listOrNull(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        ArrayValue list = value.asArray();
        if (list == null) {
            throw Directives.badType("[]interface {}", value);
        }
        return list;
    }
}
