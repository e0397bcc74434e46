// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

/** How items of a list are told apart (x-kubernetes-list-type). */
public enum ListKind {
    /** The list is one value. */
    ATOMIC,
    /** Scalar items, each once. */
    SET,
    /** Object items, told apart by key fields. */
    MAP
}
