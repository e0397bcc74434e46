// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.junit.ApiServerTest;
import io.apiserver4j.junit.ApiServerUnderTest;
import io.apiserver4j.junit.Fault;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits for states, never for a time: the controller gets there or the test fails. */
@ApiServerTest(ApiServerTest.Scope.CLASS)
@Timeout(60)
class SiteControllerTest {
    private static ConfigMapBuilder site(String name, String replicas) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("site", "yes")
                .endMetadata()
                .addToData("replicas", replicas)
                .addToData("image", "nginx:1");
    }

    private static Deployment await(KubernetesClient client, String name, Predicate<Deployment> wanted) {
        return client.apps().deployments().withName(name).waitUntilCondition(wanted, 30, TimeUnit.SECONDS);
    }

    @Test
    void reachesAFixedPoint(KubernetesClient client) {
        client.resource(site("early", "1").build()).create();
        try (SiteController running = SiteController.start(client)) {
            await(client, "early", one -> one != null);
            client.resource(site("shop", "2").build()).create();
            await(client, "shop", one -> one != null && one.getSpec().getReplicas() == 2);

            client.configMaps()
                    .withName("shop")
                    .edit(one ->
                            new ConfigMapBuilder(one).addToData("replicas", "5").build());
            await(client, "shop", one -> one.getSpec().getReplicas() == 5);

            client.apps().deployments().withName("shop").scale(1);
            Deployment back = await(
                    client,
                    "shop",
                    one -> one.getSpec().getReplicas() == 5 && one.getMetadata().getGeneration() >= 4);
            client.resource(site("last", "1").build()).create(); // one worker: what is queued before this is done
            await(client, "last", one -> one != null);
            assertThat(client.apps()
                            .deployments()
                            .withName("shop")
                            .get()
                            .getMetadata()
                            .getResourceVersion())
                    .as("at rest, nothing is written any more")
                    .isEqualTo(back.getMetadata().getResourceVersion());

            client.configMaps().withName("shop").delete();
            await(client, "shop", one -> one == null);
        }
    }

    @Test
    void triesAgainAfterFailures(KubernetesClient client, ApiServerUnderTest server) {
        server.faults().on("patch", "deployments").times(1).then(Fault.answer(409));
        try (SiteController running = SiteController.start(client)) {
            client.resource(site("unlucky", "1").build()).create();
            await(client, "unlucky", one -> one != null);
        }
    }
}
