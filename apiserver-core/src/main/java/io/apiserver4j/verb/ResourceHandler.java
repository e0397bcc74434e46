// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.request.ApiResponse;

/**
 * A subresource that is not plain reading and writing of its object, or a resource that is answered and never stored
 * (reviews). One instance serves all calls, on the calls' threads.
 */
@FunctionalInterface
public interface ResourceHandler {
    /** Answers a call; {@code support} does what all handlers need. */
    ApiResponse handle(ResourceCall call, HandlerSupport support);
}
