// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BrowserRulesTest {
    @Test
    void knownOriginsAreAllowedAndTransportIsStrict() {
        BrowserRules rules = new BrowserRules(
                List.of(Pattern.compile("^https://good\\.example$")), List.of("max-age=31536000", "includeSubDomains"));
        try (ApiServer server = ApiServer.builder()
                .pipeline(pipeline -> pipeline.before("headers", "browsers", rules))
                .build()) {
            ApiResponse good = ask(server, "GET", "https://good.example");
            assertThat(good.code()).isEqualTo(200);
            assertThat(good.headers().first("Access-Control-Allow-Origin")).isEqualTo("https://good.example");
            assertThat(good.headers().first("Strict-Transport-Security"))
                    .isEqualTo("max-age=31536000; includeSubDomains");
            assertThat(ask(server, "OPTIONS", "https://good.example").code()).isEqualTo(204);
            ApiResponse bad = ask(server, "GET", "https://good.example.evil");
            assertThat(bad.headers().has("Access-Control-Allow-Origin")).isFalse();
            assertThat(bad.headers().has("Strict-Transport-Security")).isTrue();
            assertThat(ask(server, "OPTIONS", "https://evil.example").code()).isNotEqualTo(204);
        }
    }

    private static ApiResponse ask(ApiServer server, String method, String origin) {
        return server.handle(ApiRequest.of(method, "/version", Headers.of("Origin", origin), new byte[0]));
    }
}
