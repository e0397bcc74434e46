// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

/** One step of the corridor: looks at the call, and hands it on or answers it. One instance serves all calls. */
@FunctionalInterface
public interface Stage {
    /** Answers the call, mostly by handing it (or a copy that says more) to {@code next}. */
    ApiResponse handle(Call call, Endpoint next);
}
