// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/**
 * An empty {@code metadata.managedFields} asks for all entries to be dropped. The typed form leaves empty lists out, so the
 * wish is carried over from the document here.
 */
public final class EntriesReset {
    private EntriesReset() {}

    /** The object as read, with the empty list where the document has it. */
    public static ObjectValue keep(Value document, ObjectValue read) {
        ObjectValue object = document.asObject();
        ArrayValue entries =
                object == null ? null : object.objectOrEmpty("metadata").getArray("managedFields");
        return entries == null || !entries.isEmpty()
                ? read
                : read.update("metadata", metadata -> MetadataOrder.put(metadata, "managedFields", ArrayValue.EMPTY));
    }
}
