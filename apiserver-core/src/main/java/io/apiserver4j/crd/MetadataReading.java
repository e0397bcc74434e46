// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.codec.EntriesReset;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;

/** Reads the metadata of untyped objects as metadata: unknown members are dropped and noted, types must fit. */
final class MetadataReading {
    private static final Schema SHAPE = CustomShapes.metadata();

    private MetadataReading() {}

    /**
     * The object with its metadata read.
     *
     * @param path the object's address, for the notes
     * @throws io.apiserver4j.schema.TypeMismatchException where a member has another type
     */
    static ObjectValue read(ObjectValue object, ValuePath path, DecodeFindings findings) {
        Value metadata = object.get("metadata");
        if (metadata == null) {
            return object;
        }
        noteUnknown(SHAPE, metadata, path.field("metadata"), findings);
        ObjectValue read = TypedReader.read(SHAPE, metadata, new DecodeFindings());
        if (read.get("creationTimestamp") != null
                && read.get("creationTimestamp").isNull()) {
            read = read.without("creationTimestamp");
        }
        return EntriesReset.keep(object, object.with("metadata", read));
    }

    private static void noteUnknown(Schema shape, Value value, ValuePath path, DecodeFindings findings) {
        switch (shape.shape()) {
            case OBJECT -> {
                ObjectValue object = value.asObject();
                for (int i = 0; object != null && i < object.size(); i++) {
                    Schema inner = shape.fieldSchema(object.keyAt(i));
                    if (inner == null) {
                        findings.unknown(path.field(object.keyAt(i)));
                    } else {
                        noteUnknown(inner, object.valueAt(i), path.field(object.keyAt(i)), findings);
                    }
                }
            }
            case LIST -> {
                ArrayValue array = value.asArray();
                for (int i = 0; array != null && i < array.size(); i++) {
                    noteUnknown(shape.items(), array.get(i), path.index(i), findings);
                }
            }
            default -> {}
        }
    }
}
