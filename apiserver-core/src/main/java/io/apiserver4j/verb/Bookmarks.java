// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** The objects of bookmarks: nothing but a revision, and the mark behind the initial events. */
final class Bookmarks {
    private Bookmarks() {}

    /** A bookmark at a revision. */
    static ObjectValue at(ObjectValue empty, long revision, boolean initialEventsEnd) {
        return empty.update("metadata", metadata -> {
            ObjectValue out = MetadataOrder.put(metadata, "resourceVersion", Value.of(Long.toString(revision)));
            return initialEventsEnd
                    ? MetadataOrder.put(
                            out, "annotations", ObjectValue.of("k8s.io/initial-events-end", Value.of("true")))
                    : out;
        });
    }
}
