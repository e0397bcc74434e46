// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationConfigurationTest {
    private static final String HEAD =
            "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n";

    @TempDir
    Path folder;

    @Test
    void readsAuthorizersInTheirOrder() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), "");
        AuthorizationConfiguration read =
                AuthorizationConfiguration.parse(HEAD + """
                - type: Node
                  name: node
                - type: Webhook
                  name: mine
                  webhook:
                    timeout: 3s
                    unauthorizedTTL: 10s
                    cacheAuthorizedRequests: false
                    subjectAccessReviewVersion: v1
                    matchConditionSubjectAccessReviewVersion: v1
                    failurePolicy: Deny
                    connectionInfo: {type: KubeConfigFile, kubeConfigFile: FILE}
                    matchConditions:
                    - expression: has(request.resourceAttributes)
                - type: RBAC
                  name: rbac
                """.replace("FILE", kubeconfig.toString()));

        assertThat(read.types()).containsExactly("Node", "Webhook", "RBAC");
        assertThat(read.members().get(1).webhook())
                .isEqualTo(new WebhookSettings(
                        "mine",
                        kubeconfig.toString(),
                        Duration.ofSeconds(3),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        "v1",
                        true,
                        List.of("has(request.resourceAttributes)")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                     | authorizers: Required value: at least one authorization mode must be defined
                    [{name: a}]                            | authorizers[0].type: Required value
                    [{type: Foo, name: a}]                 | authorizers[0].type: Unsupported value: "Foo": supported values: "ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook"
                    [{type: RBAC, name: rbac}, {type: RBAC, name: b}] | authorizers[1].type: Duplicate value: "RBAC"
                    [{type: RBAC}]                         | authorizers[0].name: Required value
                    [{type: RBAC, name: b}]                | expected name rbac for authorizer RBAC instead of b
                    [{type: RBAC, name: rbac, webhook: {}}] | authorizers[0].webhook: Invalid value: "non-null": may only be specified when type=Webhook
                    [{type: Webhook, name: a}]             | authorizers[0].webhook: Required value: required when type=Webhook
                    [{type: RBAC, name: rbac, foo: 1}]     | failed to load AuthorizationConfiguration from file: strict decoding error: unknown field "authorizers[0].foo"
                    """)
    void tellsWhatIsWrong(String authorizers, String message) {
        assertThatThrownBy(() -> AuthorizationConfiguration.parse(HEAD.strip() + " " + authorizers))
                .hasMessage(message);
    }

    @Test
    void tellsAllThatIsWrongWithAWebhook() {
        assertThatThrownBy(() -> AuthorizationConfiguration.parse(HEAD + """
                - type: Webhook
                  name: a
                  webhook:
                    timeout: 1m
                    authorizedTTL: -1s
                    subjectAccessReviewVersion: v2
                    failurePolicy: Maybe
                    connectionInfo: {type: KubeConfigFile, kubeConfigFile: relative}
                    matchConditions:
                    - expression: request.user == 'a'
                    - expression: request.user == 'a'
                    - expression: request.user
                """))
                .hasMessage("[authorizers[0].timeout: Invalid value: \"1m0s\": must be > 0s and <= 30s, "
                        + "authorizers[0].authorizedTTL: Invalid value: \"-1s\": must be > 0s, "
                        + "authorizers[0].subjectAccessReviewVersion: Unsupported value: \"v2\": supported"
                        + " values: \"v1\", \"v1beta1\", "
                        + "authorizers[0].matchConditionSubjectAccessReviewVersion: Required value: required if"
                        + " match conditions are specified, "
                        + "authorizers[0].failurePolicy: Unsupported value: \"Maybe\": supported values:"
                        + " \"NoOpinion\", \"Deny\", "
                        + "authorizers[0].connectionInfo.kubeConfigFile: Invalid value: \"relative\": must be an"
                        + " absolute path, "
                        + "authorizers[0].matchConditions[1].expression: Duplicate value: \"request.user =="
                        + " 'a'\", "
                        + "authorizers[0].matchConditions[2].expression: Invalid value: \"request.user\": must"
                        + " evaluate to bool but got string]");
    }

    @Test
    void otherDocumentsAreRefused() {
        assertThatThrownBy(() -> AuthorizationConfiguration.parse("apiVersion: v1\nkind: Pod\n"))
                .hasMessage("failed to load AuthorizationConfiguration from file: no kind \"Pod\" is registered for"
                        + " version \"v1\" in scheme");
    }
}
