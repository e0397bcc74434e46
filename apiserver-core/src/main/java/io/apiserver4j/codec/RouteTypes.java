// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a route of a built-in API takes and gives, which is looked at before the endpoint negotiates: only whole names count
 * here (and the star for everything), parameters and qualities don't. Custom resources have no such routes.
 *
 * @param consumes media types of bodies, empty for any
 * @param produces media types of answers
 */
public record RouteTypes(List<String> consumes, List<String> produces) {
    /** Objects in, objects out. */
    public static final RouteTypes OBJECTS = new RouteTypes(List.of(), MediaType.TEXTS);

    /** Lists, which can be watched. */
    public static final RouteTypes LISTS = new RouteTypes(
            List.of(),
            Stream.concat(MediaType.TEXTS.stream(), MediaType.STREAM_TEXTS.stream())
                    .toList());

    /** Patches of built-in objects. */
    public static final RouteTypes PATCHES = new RouteTypes(
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml"),
            MediaType.TEXTS);

    public RouteTypes {
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
    }

    /** These types with some produced before all others, as logs of pods have text. */
    public RouteTypes producing(String... first) {
        return new RouteTypes(
                consumes,
                Stream.concat(Stream.of(first), produces.stream()).distinct().toList());
    }

    /**
     * Refuses requests of other types.
     *
     * @param method the HTTP method: some need no content type
     * @param contentType the Content-Type header, or empty
     * @param accept the first Accept header, or empty
     * @throws ApiException 415 or 406
     */
    public void check(String method, String contentType, String accept) {
        if (!consumes.isEmpty() && !takes(method, contentType)) {
            throw new ApiException(failure(415, "UnsupportedMediaType", "415: Unsupported Media Type"));
        }
        if (!accept.isEmpty() && !any(accept, produces)) {
            String message = "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", produces);
            throw new ApiException(failure(406, "NotAcceptable", message));
        }
    }

    private boolean takes(String method, String contentType) {
        if (!contentType.isEmpty()) {
            return any(contentType, consumes);
        }
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "DELETE", "TRACE" -> true;
            default -> false;
        };
    }

    private static boolean any(String header, List<String> known) {
        for (String clause : header.split(",", -1)) {
            int semicolon = clause.indexOf(';');
            String name = (semicolon < 0 ? clause : clause.substring(0, semicolon)).trim();
            if (name.equals("*/*") || known.contains(name) || known.contains("*/*")) {
                return true;
            }
        }
        return false;
    }

    private static Status failure(int code, String reason, String message) {
        return new Status("Failure", code, reason, message, Status.Details.of("", "", ""), 0);
    }
}
