// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.outbound.OutboundSettings;
import io.apiserver4j.outbound.Reviews;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.value.ObjectValue;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator at work, with the server, a webhook and the client in this JVM. */
class GreetingOperatorTest {
    private static final String HOOK = "https://greetings.local/validate";

    private final GreetingReconciler reconciler = new GreetingReconciler();
    private ApiServer server;
    private HttpServer door;
    private KubernetesClient client;
    private Operator operator;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.builder()
                .settings(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS))
                .outbound(OutboundSettings.STANDARD.withLocal(HOOK, GreetingOperatorTest::review))
                .build();
        SelfSigned credentials = SelfSigned.ofThisJvm();
        door = HttpServer.builder(server).tls(credentials.tls()).start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(credentials.kubeconfig(door.url())))
                .build();
        CustomResourceDefinition definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(Greeting.class.getResourceAsStream("greetings.yaml"))
                .create();
        client.resource(definition)
                .waitUntilCondition(
                        now -> now.getStatus() != null
                                && now.getStatus().getConditions().stream()
                                        .anyMatch(one -> one.getType().equals("Established")
                                                && one.getStatus().equals("True")),
                        60,
                        TimeUnit.SECONDS);
        operator =
                new Operator(settings -> settings.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(reconciler);
        operator.start();
    }

    @AfterEach
    void stop() {
        if (operator != null) { // else the start failed, and that is what is to be told
            operator.stop();
            client.close();
            door.close();
        }
        server.close();
    }

    /** The webhook: a function of this test. */
    private static ObjectValue review(ObjectValue review) {
        String name = review.objectAt("request", "object", "spec").stringOrEmpty("name");
        return name.equals("Mallory") ? Reviews.deny(review, 403, "Mallory is not welcome") : Reviews.allow(review);
    }

    private static Greeting greeting(String name, int times) {
        Greeting greeting = new Greeting();
        greeting.setMetadata(
                new ObjectMetaBuilder().withName("one").withNamespace("default").build());
        Greeting.Spec spec = new Greeting.Spec();
        spec.name = name;
        spec.times = times;
        greeting.setSpec(spec);
        return greeting;
    }

    private Greeting current() {
        return client.resources(Greeting.class)
                .inNamespace("default")
                .withName("one")
                .get();
    }

    private Deployment greeter() {
        return client.apps()
                .deployments()
                .inNamespace("default")
                .withName("one")
                .get();
    }

    /** Tries again until it holds; the last failure is the one that is told. */
    private static void eventually(Runnable check) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            try {
                check.run();
                return;
            } catch (AssertionError | RuntimeException e) {
                Thread.sleep(10);
            }
        }
        check.run();
    }

    @Test
    void aGreetingLivesItsLife() throws Exception {
        client.resource(greeting("Ada", 1)).create();
        eventually(() -> assertThat(greeter()).isNotNull());
        assertThat(greeter().getSpec().getReplicas()).isEqualTo(1);
        assertThat(greeter().getMetadata().getOwnerReferences().get(0).getUid())
                .isEqualTo(current().getMetadata().getUid());
        assertThat(greeter().getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getOperation)
                .containsExactly("Apply");
        eventually(() -> assertThat(current().getStatus().greeters).isEqualTo(1));
        assertThat(current().getMetadata().getFinalizers()).hasSize(1);

        client.resources(Greeting.class).inNamespace("default").withName("one").edit(now -> {
            now.getSpec().times = 2;
            return now;
        });
        eventually(() -> {
            assertThat(greeter().getSpec().getReplicas()).isEqualTo(2);
            assertThat(current().getStatus().observedGeneration).isEqualTo(2);
        });

        client.resource(greeting("Ada", 1)).delete();
        eventually(() -> {
            assertThat(current()).isNull();
            assertThat(greeter()).as("what depends on it goes with it").isNull();
        });
        assertThat(reconciler.goodbyes()).containsExactly("Goodbye Ada");
    }

    @Test
    void whatIsWrongIsRefused() throws Exception {
        client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .resource(new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("greetings")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("greetings.examples.apiserver4j.io")
                        .withNewClientConfig()
                        .withUrl(HOOK)
                        .endClientConfig()
                        .addNewRule()
                        .withOperations("CREATE", "UPDATE")
                        .withApiGroups("examples.apiserver4j.io")
                        .withApiVersions("*")
                        .withResources("greetings")
                        .endRule()
                        .withSideEffects("None")
                        .withAdmissionReviewVersions("v1")
                        .endWebhook()
                        .build())
                .create();

        assertRefused(greeting("Ada", 11), "spec.times in body should be less than or equal to 10");
        assertRefused(greeting("nobody", 1), "nobody is not greeted");
        eventually(() -> assertRefused(greeting("Mallory", 1), "Mallory is not welcome"));
        assertThat(current()).isNull();
    }

    private void assertRefused(Greeting greeting, String text) {
        assertThatThrownBy(() -> client.resource(greeting).dryRun(true).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(text);
    }
}
