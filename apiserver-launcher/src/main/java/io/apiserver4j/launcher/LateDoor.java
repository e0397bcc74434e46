// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.request.ApiCaller;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import java.util.concurrent.CompletableFuture;

/** A door that is there before the server behind it: calls wait until {@link #lead} says where it leads. */
final class LateDoor implements ApiCaller {
    private final CompletableFuture<ApiCaller> behind = new CompletableFuture<>();

    /** Says what is behind the door. */
    void lead(ApiCaller server) {
        behind.complete(server);
    }

    @Override
    public ApiResponse call(ApiRequest request, Cancellation cancellation) {
        return behind.join().call(request, cancellation);
    }
}
