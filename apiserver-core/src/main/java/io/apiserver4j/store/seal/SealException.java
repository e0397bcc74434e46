// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

/** What lies in the store can't be read (or can't be sealed); the message is the real server's, for clients to see. */
public final class SealException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with a text. */
    public SealException(String message) {
        super(message);
    }

    /** A failure with a text and what caused it. */
    public SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
