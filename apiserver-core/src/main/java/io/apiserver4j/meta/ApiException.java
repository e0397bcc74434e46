// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.function.UnaryOperator;

/** The one exception that crosses packages: a request that ends with a {@link Status}. It has no stack trace. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    /** An exception that carries this failure. */
    public ApiException(Status status) {
        super(status.message(), null, false, false);
        this.status = status;
    }

    /** The failure as clients see it. */
    public Status status() {
        return status;
    }

    /** The same exception with a changed failure. */
    public ApiException with(UnaryOperator<Status> change) {
        return new ApiException(change.apply(status));
    }
}
