// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

/** A call that brought no usable answer. The message tells why, in the words that kube-apiserver has for it. */
public final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean configuration;

    private CallException(String message, boolean configuration) {
        super(message, null, false, false);
        this.configuration = configuration;
    }

    /** A failed call. */
    static CallException failed(String message) {
        return new CallException(message, false);
    }

    /** A call that could not even be tried, since what was configured makes no sense. */
    static CallException misconfigured(String message) {
        return new CallException(message, true);
    }

    /** True where the call was never made: the configuration of the other side makes no sense. */
    public boolean isConfiguration() {
        return configuration;
    }

    /** What went wrong. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
