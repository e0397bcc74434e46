// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpersonationHeadersTest {
    @Test
    void allOfThem() {
        Headers headers = Headers.of(
                "Impersonate-User", "jane",
                "Impersonate-Uid", "5",
                "Impersonate-Group", "a",
                "Impersonate-Group", "b",
                "Impersonate-Extra-example.com%2Fkey", "v",
                "Impersonate-Extra-Broken%2", "w",
                "Accept", "*/*");
        assertThat(ImpersonationHeaders.wanted(headers))
                .isEqualTo(new Identity(
                        "jane",
                        "5",
                        List.of("a", "b"),
                        Map.of("example.com/key", List.of("v"), "broken%2", List.of("w"))));
        Headers left = ImpersonationHeaders.without(headers);
        assertThat(ImpersonationHeaders.wanted(left)).isNull();
        assertThat(left.first("accept")).isEqualTo("*/*");
    }

    @Test
    void nothingAsked() {
        assertThat(ImpersonationHeaders.wanted(Headers.of("Accept", "*/*"))).isNull();
        assertThat(ImpersonationHeaders.wanted(Headers.of("Impersonate-User", "")))
                .isNull();
    }

    @Test
    void withoutAUser() {
        assertThatThrownBy(() -> ImpersonationHeaders.wanted(
                        Headers.of("Impersonate-Group", "g", "Impersonate-Extra-x", "1", "Impersonate-Extra-x", "2")))
                .hasMessage(
                        "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"g\"},"
                                + " Extra:map[string][]string{\"x\":[]string{\"1\", \"2\"}}} without impersonating a user name");
    }
}
