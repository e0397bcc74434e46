// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.codec.RouteTypes;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import java.util.List;

/** Answers /version. */
public final class VersionEndpoint implements Endpoint {
    private static final RouteTypes ROUTE = new RouteTypes(List.of(), List.of("application/json"));

    private final VersionInfo version;

    /** Answers with this version. */
    public VersionEndpoint(VersionInfo version) {
        this.version = version;
    }

    /** Answers a call; throws 405 and 406 as Status. */
    @Override
    public ApiResponse handle(Call call) {
        ApiRequest request = call.request();
        if (!request.method().equals("GET")) {
            throw Status.methodNotAllowed().asException();
        }
        ROUTE.check(
                request.method(),
                request.headers().firstOrEmpty("Content-Type"),
                request.headers().firstOrEmpty("Accept"));
        return JsonPage.of(version.toObject());
    }
}
