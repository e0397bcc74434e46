// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of the server's own door, within the process, with the server's identity. Safe for use by several threads. */
public final class LocalClient {
    private static final byte[] NO_BODY = {};

    private final Function<ApiRequest, ApiResponse> door;
    private final String userAgent;

    /** A client that hands requests to a door; the user agent names the field manager. */
    public LocalClient(Function<ApiRequest, ApiResponse> door, String userAgent) {
        this.door = door;
        this.userAgent = userAgent;
    }

    /**
     * What came back.
     *
     * @param body the document, be it an object or a Status
     */
    public record Answer(int code, ObjectValue body) {
        /** True where the request did what it was to do. */
        public boolean isSuccess() {
            return code < 300;
        }

        /** The message of a failure. */
        public String message() {
            return body.stringOrEmpty("message");
        }
    }

    /** Sends a request; the target is a path with or without query. */
    public Answer send(String method, String target, @Nullable ObjectValue body, String contentType) {
        byte[] bytes = body == null ? NO_BODY : JsonWriter.toBytes(body);
        Headers headers = Headers.of(
                "Accept", "application/json", "Content-Type", contentType, "User-Agent", userAgent + "/apiserver4j");
        ApiResponse response = door.apply(ApiRequest.of(method, target, headers, bytes));
        byte[] answer = response instanceof ApiResponse.Complete complete ? complete.body() : NO_BODY;
        return new Answer(response.code(), document(answer));
    }

    /** What is no document (paths that nobody serves are answered in plain text) reads as its message. */
    private static ObjectValue document(byte[] answer) {
        if (answer.length == 0) {
            return ObjectValue.EMPTY;
        }
        return answer[0] == '{'
                ? JsonReader.readObject(answer)
                : ObjectValue.of("message", Value.of(new String(answer, StandardCharsets.UTF_8)));
    }

    /** The object at a path, or null where there is none. */
    public @Nullable ObjectValue get(String path) {
        Answer answer = send("GET", path, null, "application/json");
        return answer.isSuccess() ? answer.body() : null;
    }

    /** Creates an object in a collection. */
    public Answer create(String collection, ObjectValue object) {
        return send("POST", collection, object, "application/json");
    }

    /** Replaces an object. */
    public Answer update(String path, ObjectValue object) {
        return send("PUT", path, object, "application/json");
    }

    /** Lays a merge patch over an object. */
    public Answer patch(String path, ObjectValue patch) {
        return send("PATCH", path, patch, "application/merge-patch+json");
    }

    /** Deletes an object, with DeleteOptions or none. */
    public Answer delete(String path, @Nullable ObjectValue options) {
        return send("DELETE", path, options, "application/json");
    }
}
