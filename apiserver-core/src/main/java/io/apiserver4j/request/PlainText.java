// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.nio.charset.StandardCharsets;

/** Answers of plain text, as Go's HTTP server gives them. */
public final class PlainText {
    private static final Headers ERROR_HEADERS =
            Headers.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

    private PlainText() {}

    /** The answer of a path that nothing is served at. */
    public static ApiResponse notFound() {
        return error(404, "404 page not found");
    }

    /** A failure in one line. */
    public static ApiResponse error(int code, String message) {
        return ApiResponse.Complete.of(code, ERROR_HEADERS, (message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A text as it is. */
    public static ApiResponse of(int code, String text) {
        return ApiResponse.Complete.of(
                code, Headers.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }
}
