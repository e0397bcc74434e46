// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

/** A value that does not fit its schema in a way that ownership cannot be computed; stays inside this package. */
final class TypedProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TypedProblem(String message) {
        super(message, null, false, false);
    }
}
