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
        return isAlphabetical(metadata) ? putAlphabetically(metadata, name, value) : put(metadata, name, value, ORDER);
    }

    /**
     * True where members stand by the alphabet, as those of stored objects of custom kinds do: what every object has, its
     * name, does not come first then.
     */
    public static boolean isAlphabetical(ObjectValue metadata) {
        return !metadata.isEmpty() && isAlphabetical(metadata.keyAt(0)) && metadata.has("name");
    }

    /** The same told by the first member of metadata that has a name. */
    public static boolean isAlphabetical(String firstMember) {
        return firstMember.compareTo("generateName") < 0;
    }

    private static ObjectValue putAlphabetically(ObjectValue metadata, String name, Value value) {
        if (metadata.has(name)) {
            return metadata.with(name, value);
        }
        ObjectEditor out = ObjectValue.builder();
        boolean put = false;
        for (int i = 0; i < metadata.size(); i++) {
            if (!put && metadata.keyAt(i).compareTo(name) > 0) {
                out.append(name, value);
                put = true;
            }
            out.append(metadata.keyAt(i), metadata.valueAt(i));
        }
        return put ? out.build() : out.put(name, value).build();
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
