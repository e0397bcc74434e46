// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Goes in by the file that kubectl would be given. */
@Timeout(60)
class ServeForKubectlTest {
    @TempDir
    private Path folder;

    @Test
    void servesWhoeverHasTheKubeconfig() throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        try (ServeForKubectl running = ServeForKubectl.start(0, kubeconfig)) {
            Config admin = Config.fromKubeconfig(Files.readString(kubeconfig));
            try (KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(admin).build()) {
                assertThat(client.namespaces().list().getItems())
                        .extracting((Namespace one) -> one.getMetadata().getName())
                        .contains("default", "kube-system");
            }
            Config nobody = new ConfigBuilder(admin)
                    .withClientCertData(null)
                    .withClientKeyData(null)
                    .build();
            try (KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(nobody).build()) {
                assertThatThrownBy(() -> client.namespaces().list())
                        .isInstanceOfSatisfying(
                                KubernetesClientException.class,
                                e -> assertThat(e.getCode()).isEqualTo(403));
            }
        }
    }

    @Test
    void aTakenPortIsSaid() throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        try (ServeForKubectl running = ServeForKubectl.start(0, kubeconfig)) {
            int port = URI.create(running.url()).getPort();
            Path second = folder.resolve("second");
            assertThatThrownBy(() -> ServeForKubectl.start(port, second))
                    .isInstanceOf(IOException.class)
                    .hasMessage("can't listen on 127.0.0.1:" + port);
            assertThat(second).doesNotExist();
        }
    }
}
