// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** A text that is no JSON (or YAML) document; the message is what Go's decoder says of it. */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with the message that clients see. */
    public JsonSyntaxException(String message) {
        super(message, null, false, false);
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
