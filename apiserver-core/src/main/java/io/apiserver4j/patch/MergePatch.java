// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/**
 * A JSON merge patch (RFC 7396) with the habits of kube-apiserver: objects that the patch touches come out with their
 * members in the order of their names, and nulls inside arrays stay. Immutable.
 */
public final class MergePatch {
    private final Value patch;
    private final List<String> findings;

    private MergePatch(Value patch, List<String> findings) {
        this.patch = patch;
        this.findings = findings;
    }

    /**
     * Takes a body.
     *
     * @param checked true where unknown and duplicate fields are looked for (fieldValidation Warn and Strict)
     * @throws io.apiserver4j.meta.ApiException 400 where the body is no patch
     */
    public static MergePatch of(PatchBody body, boolean checked) {
        Value patch = body.value();
        if (checked && patch.asObject() == null && !patch.isNull()) {
            throw PatchErrors.bad(
                    "error decoding patch: " + PatchErrors.cannotUnmarshal(patch, "map[string]interface {}"));
        }
        if (patch.asObject() == null && patch.asArray() == null) {
            throw PatchErrors.bad("Invalid JSON Patch");
        }
        return new MergePatch(patch, checked ? body.duplicateFindings("") : List.of());
    }

    /** What a strict reader found in the patch. */
    public List<String> findings() {
        return findings;
    }

    /** The patched document; an array where the patch is one, which no kind is. */
    public Value apply(ObjectValue document) {
        ObjectValue object = patch.asObject();
        if (object == null) {
            return pruned(patch);
        }
        return object.isEmpty() ? document : merge(document, object);
    }

    private static ObjectValue merge(ObjectValue document, ObjectValue patch) {
        ObjectEditor result = document.edit();
        for (int i = 0; i < patch.size(); i++) {
            String name = patch.keyAt(i);
            Value change = patch.valueAt(i);
            Value current = document.get(name);
            if (change.isNull()) {
                result.remove(name);
            } else if (current == null || current.isNull()) {
                result.put(name, pruned(change));
            } else {
                result.put(name, mergeValue(current, change));
            }
        }
        return result.build().sorted();
    }

    private static Value mergeValue(Value current, Value change) {
        ObjectValue currentObject = current.asObject();
        if (currentObject == null) {
            return pruned(change);
        }
        ObjectValue changeObject = change.asObject();
        return changeObject == null ? change : merge(currentObject, changeObject);
    }

    /** A value that comes in whole: members that are null go, at every depth. */
    private static Value pruned(Value value) {
        ObjectValue object = value.asObject();
        if (object != null) {
            ObjectEditor out = ObjectValue.builder();
            for (int i = 0; i < object.size(); i++) {
                if (!object.valueAt(i).isNull()) {
                    out.append(object.keyAt(i), pruned(object.valueAt(i)));
                }
            }
            return out.build().sorted();
        }
        ArrayValue array = value.asArray();
        return array == null ? value : array.map(MergePatch::pruned);
    }
}
