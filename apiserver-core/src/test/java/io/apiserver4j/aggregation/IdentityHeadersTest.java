// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityHeadersTest {
    @Test
    void onlyWhatThisServerKnowsOfTheCallerIsHandedOn() {
        Identity alice = new Identity("alice", "7", List.of("a", "b"), Map.of("example.com/Key %", List.of("1", "2")));
        Headers given = Headers.of(
                "Authorization", "Bearer secret",
                "X-Remote-User", "mallory",
                "X-Remote-Extra-Admin", "yes",
                "Impersonate-User", "root",
                "Connection", "keep-alive",
                "Accept", "application/json");

        Headers out = IdentityHeaders.of(given, alice);

        assertThat(out.all("X-Remote-User")).containsExactly("alice");
        assertThat(out.all("X-Remote-Uid")).containsExactly("7");
        assertThat(out.all("X-Remote-Group")).containsExactly("a", "b");
        assertThat(out.all("X-Remote-Extra-example.com%2FKey%20%25")).containsExactly("1", "2");
        assertThat(out.all("Accept")).containsExactly("application/json");
        for (String name : List.of("Authorization", "Impersonate-User", "Connection", "X-Remote-Extra-Admin")) {
            assertThat(out.has(name)).as(name).isFalse();
        }
    }
}
