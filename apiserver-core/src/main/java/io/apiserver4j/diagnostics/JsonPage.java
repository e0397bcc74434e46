// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.codec.Encoder;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;

/** A document that is no object of the API: indented JSON. */
final class JsonPage {
    private JsonPage() {}

    static ApiResponse of(ObjectValue document) {
        byte[] body = Encoder.indent(JsonWriter.toBytes(document));
        return ApiResponse.Complete.of(200, Headers.of("Content-Type", "application/json"), body);
    }
}
