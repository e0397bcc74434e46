// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

/** Bytes that are no object of the kind they should be; the message is the one that clients of Kubernetes know. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with this message. */
    public DecodeException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
