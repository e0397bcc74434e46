// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * A conversion that others carry out: it may take long and may fail, with an {@link io.apiserver4j.meta.ApiException}.
 * Threads that bring events to everybody must not wait for it.
 */
public interface RemoteConversion extends UnaryOperator<ObjectValue> {
    /** Converts many, in as few calls as can be. */
    List<ObjectValue> applyAll(List<ObjectValue> objects);

    /** Threads that may wait for it. */
    Executor executor();
}
