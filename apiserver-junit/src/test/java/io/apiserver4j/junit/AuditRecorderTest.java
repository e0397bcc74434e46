// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who did what in a test. */
@ApiServerTest(ApiServerTest.Scope.CLASS)
@Timeout(60)
class AuditRecorderTest {
    private static void create(KubernetesClient client, String name) {
        client.configMaps()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void whatHappensBetweenStartAndStopIsKept(
            KubernetesClient client, ApiServerUnderTest server, @Namespace String namespace) {
        AuditRecorder audit = server.audit();
        create(client, "before");
        assertThat(audit.isListening()).isFalse();
        assertThat(audit.events()).isEmpty();

        audit.start();
        create(client, "during");
        client.configMaps().withName("nobody").get();
        audit.stop();
        create(client, "after");

        assertThat(audit.on("configmaps")).hasSize(2);
        assertThat(audit.on("secrets")).isEmpty();
        String user = audit.on("configmaps").get(0).user().user();
        assertThat(audit.by(user)).containsAll(audit.on("configmaps"));
        assertThat(audit.by("nobody-at-all")).isEmpty();
        assertThat(audit.summary().lines().filter(line -> line.contains(" configmaps ")))
                .containsExactly(
                        user + " create configmaps " + namespace + "/during 201",
                        user + " get configmaps " + namespace + "/nobody 404");

        assertThat(audit.start().events()).as("begins anew").isEmpty();
        audit.stop();
    }
}
