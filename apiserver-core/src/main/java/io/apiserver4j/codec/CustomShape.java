// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.value.ObjectValue;

/** What a custom kind makes of an untyped object: metadata read as metadata, unknown fields dropped, nulls taken out. */
@FunctionalInterface
public interface CustomShape {
    /** Keeps everything as it is. */
    CustomShape FREE = (object, findings) -> object;

    /**
     * Reads an object.
     *
     * @param findings takes what is unknown
     * @throws TypeMismatchException where the object cannot be one of the kind
     */
    ObjectValue read(ObjectValue object, DecodeFindings findings);
}
