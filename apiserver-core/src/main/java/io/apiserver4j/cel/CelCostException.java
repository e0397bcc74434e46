// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/** An evaluation that cost more than it may. No operator absorbs it. */
public final class CelCostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CelCostException() {
        super("operation cancelled: actual cost limit exceeded", null, false, false);
    }

    /** The text that clients are shown. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
