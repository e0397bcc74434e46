// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.TargetResolver;
import java.time.Instant;

/** Sends calls to an endpoint alone, without the corridor before it. */
public final class Calls {
    private Calls() {}

    /** The answer to a call; headers are names and values. */
    public static ApiResponse.Complete send(Endpoint endpoint, String method, String target, String... headers) {
        ApiRequest request = ApiRequest.of(method, target, Headers.of(headers), new byte[0]);
        Call call = new Call(
                request,
                "id",
                Instant.EPOCH,
                TargetResolver.resolve(request),
                null,
                null,
                new CallNotes(),
                new Cancellation());
        return (ApiResponse.Complete) endpoint.handle(call);
    }
}
