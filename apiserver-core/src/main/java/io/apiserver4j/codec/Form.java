// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

/** What an answer shows of an object or a list. */
public enum Form {
    /** The object itself. */
    OBJECT,
    /** The rows of a table. */
    TABLE,
    /** Type and metadata of one object. */
    PARTIAL_METADATA,
    /** Type and metadata of the items of a list. */
    PARTIAL_METADATA_LIST,
    /** Another kind that an endpoint has on offer. */
    OTHER
}
