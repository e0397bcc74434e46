// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

/** Answers that tell of their end. */
public final class EndingStream {
    private EndingStream() {}

    /**
     * An answer whose stream tells of its end, however it comes: complete, failed, or cancelled; any other answer as it is.
     *
     * @param ended is run once for each subscription
     */
    public static ApiResponse of(ApiResponse response, Runnable ended) {
        return response instanceof ApiResponse.Streaming streaming
                ? new ApiResponse.Streaming(
                        streaming.code(),
                        streaming.headers(),
                        new WatchedStream<>(streaming.chunks(), () -> whole -> ended.run()),
                        streaming.flushEach())
                : response;
    }
}
