// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import io.apiserver4j.request.TargetResolver;

/** Reads what the URL names. */
final class ResolveStage implements Stage {
    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        return next.handle(call.withTarget(TargetResolver.resolve(call.request())));
    }
}
