// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.codec.RouteTypes;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells others how to verify tokens of service accounts: the discovery document of OpenID Connect, and the key set. Both may
 * be kept for an hour by who reads them.
 */
public final class OpenIdEndpoint implements Endpoint {
    /** Where the discovery document is. */
    public static final String CONFIGURATION = "/.well-known/openid-configuration";

    /** Where the key set is. */
    public static final String KEYS = "/openid/v1/jwks";

    private final String type;
    private final RouteTypes route;
    private final Supplier<ObjectValue> document;

    private OpenIdEndpoint(String type, Supplier<ObjectValue> document) {
        this.type = type;
        this.route = new RouteTypes(List.of(), List.of(type));
        this.document = document;
    }

    /** Answers with a discovery document, which is made when it is asked for. */
    public static OpenIdEndpoint configuration(Supplier<ObjectValue> document) {
        return new OpenIdEndpoint("application/json", document);
    }

    /** Answers with a key set, which is made when it is asked for. */
    public static OpenIdEndpoint keys(Supplier<ObjectValue> document) {
        return new OpenIdEndpoint("application/jwk-set+json", document);
    }

    @Override
    public ApiResponse handle(Call call) {
        ApiRequest request = call.request();
        if (!request.method().equals("GET")) {
            throw Status.methodNotAllowed().asException();
        }
        route.check(
                request.method(),
                request.headers().firstOrEmpty("Content-Type"),
                request.headers().firstOrEmpty("Accept"));
        Headers headers = Headers.of("Content-Type", type, "Cache-Control", "public, max-age=3600");
        return ApiResponse.Complete.of(200, headers, JsonWriter.toBytes(document.get()));
    }
}
