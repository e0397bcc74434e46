// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls that take too long. */
class DeadlineTest {
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void aCallThatHangsIsEndedAtItsTime() {
        try (ApiServer server = hanging()) {
            ApiResponse answer = server.handle(ApiRequest.get("/hang?timeout=150ms"));
            assertThat(answer.code()).isEqualTo(504);
            ObjectValue status = JsonReader.readObject(((ApiResponse.Complete) answer).body());
            assertThat(status.stringOrEmpty("reason")).isEqualTo("Timeout");
            assertThat(status.stringOrEmpty("message"))
                    .isEqualTo("Timeout: request did not complete within the allotted timeout");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(server.handle(ApiRequest.get("/version?timeout=10s")).code())
                    .isEqualTo(200);
        }
    }

    @Test
    void watchesAndBadTimesAreNotTimed() {
        try (ApiServer server = hanging()) {
            assertThat(server.handle(ApiRequest.get("/api/v1/pods?watch=true&timeout=1ns"))
                            .code())
                    .isEqualTo(200);
            assertThat(server.handle(ApiRequest.get("/version?timeout=x")).code())
                    .isEqualTo(400);
        }
    }

    private ApiServer hanging() {
        return ApiServer.builder()
                .pipeline(pipeline -> pipeline.after("flow", "hang", (call, next) -> {
                    if (call.request().path().equals("/hang")) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return next.handle(call);
                }))
                .build();
    }
}
