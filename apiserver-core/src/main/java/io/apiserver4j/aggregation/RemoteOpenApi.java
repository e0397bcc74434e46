// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import com.google.common.hash.Hashing;
import io.apiserver4j.openapi.RemoteDocuments.RemoteDocument;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a server behind this one says of the shapes of a group version. */
final class RemoteOpenApi {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Headers JSON = Headers.of("Accept", "application/json");
    private static final String V3 = "/openapi/v3";

    private RemoteOpenApi() {}

    /** Both documents, each as far as the server has it; null where it has none. */
    static @Nullable RemoteDocument read(Registration registration, Backend backend, @Nullable RemoteDocument before)
            throws Exception {
        byte[] third = get(backend, V3);
        String path = third == null
                ? ""
                : JsonReader.readObject(third)
                        .objectOrEmpty("paths")
                        .objectOrEmpty(registration.root().substring(1))
                        .stringOrEmpty("serverRelativeURL");
        byte[] third2 = path.startsWith("/") ? get(backend, path) : null;
        byte[] second = get(backend, "/openapi/v2");
        if (third2 == null && second == null) {
            return null;
        }
        String hash = hash(third2) + hash(second);
        if (before != null && before.state().equals(hash)) {
            return before;
        }
        ObjectValue swagger = second == null ? ObjectValue.EMPTY : JsonReader.readObject(second);
        return new RemoteDocument(registration.group(), registration.version(), hash, third2, hash(third2), swagger);
    }

    private static byte @Nullable [] get(Backend backend, String target) throws Exception {
        HttpResponse<byte[]> answer =
                backend.read(backend.address(), target, JSON, LIMIT).get();
        return answer.statusCode() == 200 ? answer.body() : null;
    }

    private static String hash(byte @Nullable [] bytes) {
        return bytes == null ? "" : Hashing.sha512().hashBytes(bytes).toString().toUpperCase(Locale.ROOT);
    }
}
