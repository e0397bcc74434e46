// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.function.Function;

/** Writes of plugins, through the server's own door and in its own name. */
public final class InnerDoor {
    private static final Headers HEADERS = Headers.of(
            "Accept",
            "application/json",
            "Content-Type",
            "application/json",
            "User-Agent",
            "kube-apiserver/apiserver4j");

    private final Function<ApiRequest, ApiResponse> door;

    /** Writes through a door that answers requests of the server itself. */
    public InnerDoor(Function<ApiRequest, ApiResponse> door) {
        this.door = door;
    }

    /**
     * What came back.
     *
     * @param message that of a failure
     */
    public record Answer(int code, String message) {
        /** True where the request did what it was to do. */
        public boolean isSuccess() {
            return code < 300;
        }
    }

    /** Sends an object to a path. */
    public Answer send(String method, String path, ObjectValue object) {
        ApiResponse response = door.apply(ApiRequest.of(method, path, HEADERS, JsonWriter.toBytes(object)));
        ObjectValue body = response instanceof ApiResponse.Complete complete && response.code() >= 300
                ? JsonReader.readObject(complete.body())
                : ObjectValue.EMPTY;
        return new Answer(response.code(), body.stringOrEmpty("message"));
    }
}
