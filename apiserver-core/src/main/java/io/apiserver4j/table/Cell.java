// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.Value;

/**
 * Computes one cell of a row. Pure: the same row gives the same cell, and nothing missing in the object is an error.
 */
@FunctionalInterface
interface Cell {
    /** The cell. */
    Value of(Row row);
}
