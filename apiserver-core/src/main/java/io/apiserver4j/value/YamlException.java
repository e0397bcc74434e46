// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** A text that is no YAML, or says what JSON cannot; the message is the one that clients of Kubernetes know. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with this message. */
    public YamlException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
