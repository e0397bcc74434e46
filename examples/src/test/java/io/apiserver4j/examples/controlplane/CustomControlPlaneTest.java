// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.server.ApiServer;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of Kubernetes on a control plane that has no pods. */
class CustomControlPlaneTest {
    private static final String LINE = """
            apiVersion: transport.example.com/v1
            kind: Line
            metadata: {name: %s, namespace: default}
            spec:
              vehicle: %s
              stops: [{name: Harbour}, {name: Station, minutes: 12}]
            """;

    private ApiServer server;
    private HttpServer door;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        SelfSigned credentials = SelfSigned.ofThisJvm();
        server = CustomControlPlane.start(credentials);
        door = HttpServer.builder(server).tls(credentials.tls()).start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(credentials.kubeconfig(door.url())))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        door.close();
        server.close();
    }

    private GenericKubernetesResource line(String name, String vehicle) {
        return Serialization.unmarshal(LINE.formatted(name, vehicle), GenericKubernetesResource.class);
    }

    @Test
    void linesAreKeptAsDeclared() {
        GenericKubernetesResource made = client.resource(line("one", "Tram")).create();

        assertThat((Integer) made.get("spec", "running")).isEqualTo(1);
        assertThat((Integer) made.get("spec", "stops", 1, "minutes")).isEqualTo(12);
        assertThatThrownBy(() -> client.resource(line("one", "Bus")).update())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.vehicle: Forbidden: a line keeps its vehicle");
        assertThatThrownBy(() -> client.resource(line("two", "Boat")).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.vehicle: Unsupported value: \"Boat\": supported values: \"Bus\", \"Tram\"");
    }

    @Test
    void thereAreNoPods() {
        assertThat(client.getApiGroups().getGroups())
                .noneMatch(group -> group.getName().equals("apps"))
                .anyMatch(group -> group.getName().equals("transport.example.com"));
        assertThat(client.getApiResources("v1").getResources())
                .extracting(APIResource::getName)
                .contains("namespaces", "configmaps")
                .doesNotContain("pods", "services", "nodes");
        assertThatThrownBy(() -> client.pods().inNamespace("default").list())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(404));
    }
}
