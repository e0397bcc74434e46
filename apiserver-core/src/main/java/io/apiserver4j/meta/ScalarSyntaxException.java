// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

/**
 * A text is not of the form that a scalar (quantity, time, duration, number) has. The message is the one that Kubernetes
 * shows. It has no stack trace, since it is an answer and not a fault.
 */
public final class ScalarSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with the text that clients see. */
    public ScalarSyntaxException(String message) {
        super(message, null, false, false);
    }

    /** The text that clients see. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
