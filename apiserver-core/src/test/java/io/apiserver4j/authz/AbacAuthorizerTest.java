// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbacAuthorizerTest {
    private static final String START =
            "{\"apiVersion\":\"abac.authorization.kubernetes.io/v1beta1\",\"kind\":\"Policy\",\"spec\":";
    private static final AbacAuthorizer ABAC = AbacAuthorizer.parse("""
            # who may do what
            START{"user":"alice","namespace":"*","resource":"*","apiGroup":"*"}}
            START{"group":"readers","namespace":"projects","resource":"pods","readonly":true}}

            START{"user":"bob","nonResourcePath":"/logs/*"}}
            {"user":"old","resource":"pods","namespace":"a"}
            START{"namespace":"*","resource":"*","apiGroup":"*"}}
            """.replace("START", START));

    @ParameterizedTest
    @CsvSource({
        "alice, '', delete, apps, deployments, any, true",
        "carol, '', get, '', pods, projects, false",
        "carol, readers, get, '', pods, projects, true",
        "carol, readers, delete, '', pods, projects, false",
        "carol, readers, get, '', secrets, projects, false",
        "carol, readers, get, '', pods, other, false",
        "old, '', create, '', pods, a, true",
        "old, '', create, '', pods, b, false",
        "bob, '', get, '', pods, a, false",
    })
    void linesAllow(String user, String group, String verb, String api, String resource, String ns, boolean allowed) {
        AccessAttributes asked =
                new AccessAttributes(Identity.of(user, group), verb, true, api, "v1", resource, "", ns, "", "");
        Decision decision = ABAC.authorize(asked);
        assertThat(decision.isAllowed()).isEqualTo(allowed);
        assertThat(decision.reason()).isEqualTo(allowed ? "" : "No policy matched.");
    }

    @Test
    void pathsAreCoveredByPrefixes() {
        assertThat(path("bob", "/logs/kubelet").isAllowed()).isTrue();
        assertThat(path("bob", "/metrics").isAllowed()).isFalse();
    }

    private static Decision path(String user, String path) {
        return ABAC.authorize(new AccessAttributes(Identity.of(user), "get", false, "", "", "", "", "", "", path));
    }

    @Test
    void aWrongLineIsNamed() {
        assertThatThrownBy(() -> AbacAuthorizer.parse("\n{\"kind\":\"Policy\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2: ");
    }
}
