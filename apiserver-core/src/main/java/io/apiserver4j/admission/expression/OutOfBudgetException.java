// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

/** Expressions that together cost more than they may for one object. */
public final class OutOfBudgetException extends RuntimeException {
    /** The text that clients are shown. */
    public static final String TEXT =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    private static final long serialVersionUID = 1;

    OutOfBudgetException() {
        super(TEXT, null, false, false);
    }
}
