// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/**
 * Reads an untyped tree as a kind, with the result that Kubernetes gets by decoding a document into the kind's Go type
 * and writing it again: members in wire order, unknown ones dropped and noted, nulls and empty values left out or
 * written as the types say, map keys sorted, quantities and times in canonical form. What needs no change is shared
 * with the input.
 *
 * <p>The rules are those of Go's decoder as Kubernetes uses it (exact names, first error of a type wins, an error of a
 * type with its own reader wins at once). Stateless; from any thread.
 */
public final class TypedReader {
    private TypedReader() {}

    /**
     * Reads a tree as a kind.
     *
     * @param schema the kind's shape, an object
     * @param tree the document; null reads as the empty object
     * @param findings takes what strict decoding complains about
     * @throws TypeMismatchException where a value does not fit its field; findings mean nothing then
     */
    public static ObjectValue read(Schema schema, Value tree, DecodeFindings findings) {
        return read(schema, tree, List.of(), findings);
    }

    /**
     * Reads a tree as a kind, with the names that came more than once in its text: they are noted among the other
     * findings where the decoder would see them, and not inside of what is unknown or free in shape.
     */
    public static ObjectValue read(Schema schema, Value tree, List<ValuePath> duplicates, DecodeFindings findings) {
        TypedReading reading = new TypedReading(duplicates, findings);
        return reading.document(schema, tree);
    }
}
