// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

/** The end of the corridor, or what is left of it from some stage on. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers a call, on the caller's thread; may block.
     *
     * @throws io.apiserver4j.meta.ApiException where the answer is a failure; the stage <i>recover</i> makes it a response
     */
    ApiResponse handle(Call call);
}
