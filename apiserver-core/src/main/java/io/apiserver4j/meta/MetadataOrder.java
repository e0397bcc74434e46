// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** Puts members that the server sets into metadata where the wire has them. */
public final class MetadataOrder {
    private static final List<String> ORDER = List.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");

    private MetadataOrder() {}

    /** The metadata with a member put in its place. */
    public static ObjectValue put(ObjectValue metadata, String name, Value value) {
        return put(metadata, name, value, ORDER);
    }

    /** An object with a member put where an order of names has it; a member that is there keeps its position. */
    public static ObjectValue put(ObjectValue object, String name, Value value, List<String> order) {
        if (object.has(name) || object.isEmpty()) {
            return object.with(name, value);
        }
        int rank = order.indexOf(name);
        ObjectEditor out = ObjectValue.builder();
        boolean put = false;
        for (int i = 0; i < object.size(); i++) {
            if (!put && order.indexOf(object.keyAt(i)) > rank) {
                out.append(name, value);
                put = true;
            }
            out.append(object.keyAt(i), object.valueAt(i));
        }
        return put ? out.build() : out.put(name, value).build();
    }
}
