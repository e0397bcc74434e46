// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResourceVersionsTest {
    @Test
    void readsNumbers() {
        assertThat(ResourceVersions.parse("")).isZero();
        assertThat(ResourceVersions.parse("0")).isZero();
        assertThat(ResourceVersions.parse("42")).isEqualTo(42);
        assertThat(ResourceVersions.parse("18446744073709551615")).isEqualTo(-1);
        assertThat(ResourceVersions.format(-1)).isEqualTo("18446744073709551615");
        assertThat(ResourceVersions.format(0)).isEmpty();
        assertThat(ResourceVersions.parseOfObject("")).isZero();
    }

    @Test
    void nonsenseIsAnInternalErrorToWatchers() {
        for (String text : new String[] {"abc", "-5"}) {
            assertThatThrownBy(() -> ResourceVersions.parse(text)).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e.status().code()).isEqualTo(500);
                assertThat(e.status().reason()).isEmpty();
                assertThat(e.status().message())
                        .isEqualTo("resourceVersion: Invalid value: \"" + text + "\": strconv.ParseUint: parsing \""
                                + text + "\": invalid syntax");
            });
        }
    }

    @Test
    void nonsenseIsABadRequestOrAnInternalErrorToOthers() {
        assertThatThrownBy(() -> ResourceVersions.parseForRead("abc")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().message())
                    .isEqualTo("invalid resource version: resourceVersion: Invalid value: \"abc\":"
                            + " strconv.ParseUint: parsing \"abc\": invalid syntax");
        });
        assertThatThrownBy(() -> ResourceVersions.parseOfObject("abc"))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(500);
                    assertThat(e.status().message()).isEqualTo("strconv.ParseUint: parsing \"abc\": invalid syntax");
                });
    }

    @Test
    void theFutureTimesOut() {
        Status status = ResourceVersions.tooLarge(1000, 7, 1).status();
        assertThat(status.code()).isEqualTo(504);
        assertThat(status.toObject())
                .hasToString("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"Timeout: Too large resource version: 1000, current: 7\",\"reason\":\"Timeout\","
                        + "\"details\":{\"causes\":[{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"Too large resource"
                        + " version\"}],\"retryAfterSeconds\":1},\"code\":504}");
    }
}
