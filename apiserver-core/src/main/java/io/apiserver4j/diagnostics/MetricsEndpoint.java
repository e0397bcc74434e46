// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.measure.Measures;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import java.nio.charset.StandardCharsets;

/** Answers /metrics. */
public final class MetricsEndpoint implements Endpoint {
    private final Measures measures;

    /** Answers with what was counted here. */
    public MetricsEndpoint(Measures measures) {
        this.measures = measures;
    }

    @Override
    public ApiResponse handle(Call call) {
        return ApiResponse.Complete.of(
                200,
                Headers.of("Content-Type", Measures.CONTENT_TYPE),
                measures.text().getBytes(StandardCharsets.UTF_8));
    }
}
