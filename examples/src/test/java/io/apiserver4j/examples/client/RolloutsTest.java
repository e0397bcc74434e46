// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.junit.ApiServerTest;
import io.apiserver4j.junit.ApiServerUnderTest;
import io.apiserver4j.junit.Fault;
import io.apiserver4j.junit.Faults;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No mock: the server answers as kube-apiserver does, with its defaults, its counting and its refusals. */
@ApiServerTest(ApiServerTest.Scope.CLASS)
@Timeout(60)
class RolloutsTest {
    private static Deployment deployment(String name, String team, boolean paused) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("team", team)
                .endMetadata()
                .withNewSpec()
                .withPaused(paused)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("shop:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static String image(KubernetesClient client, String name) {
        return client.apps()
                .deployments()
                .withName(name)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    @Test
    void rollsOutToATeamOnly(KubernetesClient client) {
        client.resource(deployment("web", "shop", false)).create();
        client.resource(deployment("held", "shop", true)).create();
        client.resource(deployment("other", "billing", false)).create();

        assertThat(new Rollouts(client).roll("shop", "shop:2")).containsExactly("web");
        assertThat(new Rollouts(client).roll("shop", "shop:2"))
                .as("nothing is left to do")
                .isEmpty();

        assertThat(image(client, "web")).isEqualTo("shop:2");
        assertThat(image(client, "held")).isEqualTo("shop:1");
        assertThat(image(client, "other")).isEqualTo("shop:1");
    }

    @Test
    void saysWhatIsWrong(KubernetesClient client) {
        client.resource(deployment("web", "shop", false)).create();
        assertThatThrownBy(() -> new Rollouts(client).roll("nobody", "x")).hasMessage("team nobody has no deployment");
        assertThatThrownBy(() -> new Rollouts(client).roll("shop", ""))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.template.spec.containers[0].image: Required value");
    }

    @Test
    void survivesABusyServer(KubernetesClient client, ApiServerUnderTest server) {
        client.resource(deployment("web", "shop", false)).create();
        Faults.Rule busy = server.faults().on("list", "deployments").times(1).then(Fault.answer(429));
        assertThat(new Rollouts(client).roll("shop", "shop:3")).containsExactly("web");
        assertThat(busy.hits()).isEqualTo(1);
    }
}
