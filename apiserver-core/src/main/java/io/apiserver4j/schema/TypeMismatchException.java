// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

/**
 * A tree cannot be read as a kind: a value has another type than its field, or a text is not of the form that the field
 * has. The message is the decoder's own text without what callers put around it. It has no stack trace, since it is an
 * answer to a client and not a fault.
 */
public final class TypeMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with the text that clients see. */
    public TypeMismatchException(String message) {
        super(message, null, false, false);
    }

    /** The text that clients see. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
