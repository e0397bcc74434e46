// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Owners that are named more than once are named once, with a warning. */
final class OwnerReferences {
    private OwnerReferences() {}

    /** The object with each owner once. */
    static ObjectValue deduplicated(ObjectValue object, CallNotes notes) {
        ArrayValue owners = ObjectMeta.of(object).ownerReferences();
        if (owners.size() < 2) {
            return object;
        }
        Set<String> seen = new HashSet<>();
        List<Value> kept = new ArrayList<>();
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < owners.size(); i++) {
            String uid = owners.objectAt(i).stringOrEmpty("uid");
            if (seen.add(uid) || !kept.contains(owners.get(i))) { // one uid may be named in two ways
                kept.add(owners.get(i));
            } else if (!duplicates.contains(uid)) {
                duplicates.add(uid);
            }
        }
        if (duplicates.isEmpty()) {
            return object;
        }
        notes.warn(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+,"
                + " and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "
                + String.join(", ", duplicates));
        return object.update(
                "metadata", metadata -> MetadataOrder.put(metadata, "ownerReferences", ArrayValue.of(kept)));
    }
}
