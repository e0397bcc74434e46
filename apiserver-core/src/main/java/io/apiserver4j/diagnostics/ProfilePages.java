// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import java.nio.charset.StandardCharsets;

/**
 * Answers /debug/pprof and all below it. Profiles there are those of Go's runtime, of which this one has none: the index
 * is empty, and each profile is unknown in the words of the real server. The JVM's own tools give profiles.
 */
public final class ProfilePages implements Endpoint {
    private static final String ROOT = "/debug/pprof";
    private static final String HTML = "text/html; charset=utf-8";

    @Override
    public ApiResponse handle(Call call) {
        return switch (call.requireTarget().path()) {
            case ROOT ->
                page(
                        302,
                        Headers.of("Content-Type", HTML, "Location", ROOT + "/"),
                        "<a href=\"" + ROOT + "/\">Found</a>.\n\n");
            case ROOT + "/" ->
                page(
                        200,
                        Headers.of("Content-Type", HTML, "X-Content-Type-Options", "nosniff"),
                        "<html>\n<head>\n<title>" + ROOT + "/</title>\n</head>\n<body>\n" + ROOT
                                + "/\n<br>\n<p>There are no profiles of this runtime here.</p>\n</body>\n</html>\n");
            default ->
                page(
                        404,
                        Headers.of(
                                "Content-Type",
                                "text/plain; charset=utf-8",
                                "X-Content-Type-Options",
                                "nosniff",
                                "X-Go-Pprof",
                                "1"),
                        "Unknown profile\n");
        };
    }

    private static ApiResponse page(int code, Headers headers, String text) {
        return ApiResponse.Complete.of(code, headers, text.getBytes(StandardCharsets.UTF_8));
    }
}
