// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/**
 * A value of a type that only functions look into, such as {@code quantity('1')}. Equal values are equal to expressions.
 */
public interface CelOpaque {
    /** Its type. */
    CelType type();

    /** How many steps a comparison of it costs, at least 1. */
    default long costSize() {
        return 1;
    }
}
