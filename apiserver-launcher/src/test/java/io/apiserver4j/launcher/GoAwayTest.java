// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Peer;
import io.apiserver4j.request.Query;
import io.apiserver4j.server.ApiServer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoAwayTest {
    private static boolean isAskedToGo(ApiServer server, boolean http2) {
        ApiRequest request =
                new ApiRequest("GET", "/version", Query.NONE, Headers.NONE, new byte[0], Peer.IN_PROCESS, http2);
        return "close".equals(server.handle(request).headers().first("Connection"));
    }

    @Test
    void aShareOfHttp2ClientsIsAskedToConnectAnew() {
        GoAway often = new GoAway(0.5, new Random(7));
        try (ApiServer server = ApiServer.builder()
                .pipeline(pipeline -> pipeline.before("headers", "goaway", often))
                .build()) {
            int asked = 0;
            for (int i = 0; i < 100; i++) {
                asked += isAskedToGo(server, true) ? 1 : 0;
                assertThat(isAskedToGo(server, false)).isFalse();
            }
            assertThat(asked).isBetween(25, 75);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "0.03", "NaN"})
    void moreThanAFewIsRefused(String chance) {
        assertThatThrownBy(() -> OptionsReader.read(
                        CommandLine.read(FlagTable.load(), new String[] {"--goaway-chance=" + chance})))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--goaway-chance can not be less than 0 or greater than 0.02");
    }
}
