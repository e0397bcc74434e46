// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

/** Hands a request to the server's door within the process; what inner clients and adapters need of a server. */
@FunctionalInterface
public interface ApiCaller {
    /** Answers a request; never throws for failures that have a Status. Blocks until the answer begins. */
    ApiResponse call(ApiRequest request, Cancellation cancellation);
}
