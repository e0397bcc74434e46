// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** A server in memory and the words that all benchmarks speak to it, in process and without controllers. */
final class Bench implements AutoCloseable {
    static final String MAPS = "/api/v1/namespaces/default/configmaps";
    static final String PODS = "/api/v1/namespaces/default/pods";
    static final Headers JSON = Headers.of("Content-Type", "application/json");
    static final Headers APPLY = Headers.of("Content-Type", "application/apply-patch+yaml");
    static final Headers STRATEGIC = Headers.of("Content-Type", "application/strategic-merge-patch+json");

    private static final byte[] NO_BODY = {};

    final ApiServer server = ApiServer.builder().build();

    Bench() {
        send("POST", "/api/v1/namespaces/default/serviceaccounts", JSON, "{\"metadata\":{\"name\":\"default\"}}");
    }

    /** Sends a request that must succeed. */
    ApiResponse send(String method, String target, Headers headers, byte[] body) {
        ApiResponse response = server.handle(ApiRequest.of(method, target, headers, body));
        if (response.code() >= 300) {
            throw new IllegalStateException(method + " " + target + ": " + text(response));
        }
        return response;
    }

    ApiResponse send(String method, String target, Headers headers, String body) {
        return send(method, target, headers, body.getBytes(UTF_8));
    }

    ApiResponse get(String target) {
        return send("GET", target, Headers.NONE, NO_BODY);
    }

    static String text(ApiResponse response) {
        return new String(((ApiResponse.Complete) response).body(), UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Reads a streaming answer to its end and counts its bytes, as a socket that is always ready would. */
    static long drain(ApiResponse response) {
        Counter counter = new Counter();
        ((ApiResponse.Streaming) response).chunks().subscribe(counter);
        return counter.bytes;
    }

    /** Bytes of any answer. */
    static long drainAny(ApiResponse response) {
        return response instanceof ApiResponse.Complete complete ? complete.length() : drain(response);
    }

    /** A subscriber that takes everything at once and counts. */
    static class Counter implements Flow.Subscriber<List<ByteBuffer>> {
        long bytes;
        long frames;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> group) {
            frames += group.size();
            for (ByteBuffer part : group) {
                bytes += part.remaining();
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public void onComplete() {}
    }
}
