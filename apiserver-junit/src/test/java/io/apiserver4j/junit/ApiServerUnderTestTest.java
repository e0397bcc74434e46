// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.storage.memory.MemorySnapshot;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tests can do to a server: faults, time, snapshots. */
@ApiServerTest(ApiServerTest.Scope.CLASS)
@Timeout(60)
class ApiServerUnderTestTest {
    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    @Test
    void aConflictOnRequest(KubernetesClient client, ApiServerUnderTest server) {
        Faults.Rule rule =
                server.faults().on("create", "configmaps").named("").times(1).then(Fault.answer(409));
        assertThatThrownBy(() -> client.configMaps().resource(configMap("a")).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        client.configMaps().resource(configMap("a")).create();
        assertThat(rule.hits()).isEqualTo(1);
    }

    @Test
    void aWriteWhoseAnswerIsLost(KubernetesClient client, ApiServerUnderTest server) {
        server.faults()
                .on("create", "configmaps")
                .times(1)
                .then(Fault.answer(409).afterTheWork());
        assertThatThrownBy(() -> client.configMaps().resource(configMap("lost")).create())
                .isInstanceOf(KubernetesClientException.class);
        assertThat(client.configMaps().withName("lost").get()).isNotNull();
    }

    @Test
    void timeMovesOn(KubernetesClient client, ApiServerUnderTest server, @Namespace String namespace) {
        client.v1()
                .events()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName("e")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withNamespace(namespace)
                        .withName("x")
                        .endInvolvedObject()
                        .withReason("Test")
                        .build())
                .create();
        assertThat(client.v1().events().withName("e").get()).isNotNull();
        server.advance(Duration.ofHours(2));
        assertThat(client.v1().events().withName("e").get()).isNull();
    }

    @Test
    void stateComesBack(KubernetesClient client, ApiServerUnderTest server) {
        ConfigMap kept = client.configMaps().resource(configMap("kept")).create();
        MemorySnapshot snapshot = server.snapshot();
        client.configMaps().withName("kept").delete();
        client.configMaps().resource(configMap("later")).create();
        server.restore(snapshot);
        assertThat(client.configMaps().withName("kept").get().getMetadata().getUid())
                .isEqualTo(kept.getMetadata().getUid());
        assertThat(client.configMaps().withName("later").get()).isNull();
        assertThat(client.configMaps().list().getItems())
                .extracting(one -> one.getMetadata().getName())
                .contains("kept")
                .doesNotContain("later");
        ConfigMap next = client.configMaps().resource(configMap("next")).create();
        assertThat(Long.parseLong(next.getMetadata().getResourceVersion()))
                .isGreaterThan(Long.parseLong(kept.getMetadata().getResourceVersion()));
    }
}
