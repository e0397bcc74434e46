// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Informers of both Java clients on kinds that a definition brought: what they have of a built-in kind, they have of these. */
@ApiServerTest(ApiServerTest.Scope.CLASS)
@Timeout(240)
class CustomInformersTest {
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: robots.informers.example.com}
            spec:
              group: informers.example.com
              names: {kind: Robot, listKind: RobotList, plural: robots, singular: robot}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  selectableFields: [{jsonPath: .spec.color}]
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            arms: {type: integer}
                            color: {type: string, default: grey}
                        status:
                          type: object
                          properties:
                            phase: {type: string}
                - name: v2
                  served: true
                  storage: false
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    /** A robot as fabric8's client has it: with fields, as it reads and writes them. */
    @Group("informers.example.com")
    @Version("v1")
    static final class Robot extends CustomResource<Spec, Status>
            implements io.fabric8.kubernetes.api.model.Namespaced {
        private static final long serialVersionUID = 1L;
    }

    /** What is wanted of a robot, to both clients. */
    static final class Spec {
        public int arms;
        public String color;
    }

    /** What it does, to both clients. */
    static final class Status {
        public String phase;
    }

    /** A robot as the official client has it. */
    static final class Machine implements KubernetesObject {
        String apiVersion = "informers.example.com/v1";
        String kind = "Robot";
        V1ObjectMeta metadata;
        Spec spec;
        Status status;

        @Override
        public V1ObjectMeta getMetadata() {
            return metadata;
        }

        @Override
        public String getApiVersion() {
            return apiVersion;
        }

        @Override
        public String getKind() {
            return kind;
        }
    }

    /** Robots as the official client has them. */
    static final class Machines implements KubernetesListObject {
        String apiVersion;
        String kind;
        V1ListMeta metadata;
        List<Machine> items;

        @Override
        public V1ListMeta getMetadata() {
            return metadata;
        }

        @Override
        public List<Machine> getItems() {
            return items;
        }

        @Override
        public String getApiVersion() {
            return apiVersion;
        }

        @Override
        public String getKind() {
            return kind;
        }
    }

    @BeforeEach
    void define(KubernetesClient client) {
        List<HasMetadata> made = client.load(new ByteArrayInputStream(DEFINITION.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(made.get(0).getMetadata().getName())
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && now.getStatus().getConditions().stream()
                                        .anyMatch(one -> one.getType().equals("Established")
                                                && one.getStatus().equals("True")),
                        60,
                        TimeUnit.SECONDS);
    }

    /** The next that was seen. */
    private String next() throws InterruptedException {
        String one = seen.poll(60, TimeUnit.SECONDS);
        return one == null ? "nothing" : one;
    }

    private static Robot robot(String name, int arms) {
        Robot robot = new Robot();
        robot.setMetadata(new ObjectMetaBuilder().withName(name).build());
        robot.setSpec(new Spec());
        robot.getSpec().arms = arms;
        return robot;
    }

    private ResourceEventHandler<Robot> told() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Robot robot) {
                seen.add("add " + robot.getMetadata().getName() + " " + robot.getSpec().color);
            }

            @Override
            public void onUpdate(Robot old, Robot robot) {
                seen.add("update " + robot.getSpec().arms + " "
                        + (robot.getStatus() == null ? "" : robot.getStatus().phase));
            }

            @Override
            public void onDelete(Robot robot, boolean unknown) {
                seen.add("delete " + robot.getMetadata().getName());
            }
        };
    }

    @Test
    void fabric8Typed(KubernetesClient client, ApiServerUnderTest server, @Namespace String namespace)
            throws Exception {
        NonNamespaceOperation<Robot, ?, Resource<Robot>> robots =
                client.resources(Robot.class).inNamespace(namespace);
        robots.resource(robot("a", 1)).create();
        try (SharedIndexInformer<Robot> informer =
                client.resources(Robot.class).inNamespace(namespace).inform(told())) {
            assertThat(next()).isEqualTo("add a grey");
            robots.withName("a").edit(now -> {
                now.getSpec().arms = 2;
                return now;
            });
            assertThat(next()).isEqualTo("update 2 ");
            robots.withName("a").editStatus(now -> {
                now.setStatus(new Status());
                now.getStatus().phase = "walking";
                return now;
            });
            assertThat(next()).isEqualTo("update 2 walking");
            assertThat(informer.getStore().list())
                    .extracting(one -> one.getStatus().phase)
                    .containsExactly("walking");

            server.restore(server.snapshot()); // as after a compaction: it has to list anew
            robots.resource(robot("b", 3)).create();
            String last = next();
            while (last.startsWith("update")) { // what it had, listed anew
                last = next();
            }
            assertThat(last).isEqualTo("add b grey");
            robots.withName("a").delete();
            assertThat(next()).isEqualTo("delete a");
            assertThat(informer.getStore().list())
                    .extracting(one -> one.getMetadata().getName())
                    .containsExactly("b");
        }
    }

    @Test
    void fabric8WithoutATypeInAnotherVersion(KubernetesClient client, @Namespace String namespace) throws Exception {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup("informers.example.com")
                .withVersion("v2")
                .withKind("Robot")
                .withPlural("robots")
                .withNamespaced(true)
                .build();
        try (SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(context)
                .inNamespace(namespace)
                .withLabel("line", "one")
                .inform()) {
            informer.addEventHandler(new ResourceEventHandler<>() {
                @Override
                public void onAdd(GenericKubernetesResource one) {
                    seen.add("add " + one.getApiVersion() + " " + one.get("spec", "arms"));
                }

                @Override
                public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource one) {
                    seen.add("update " + one.get("spec", "arms"));
                }

                @Override
                public void onDelete(GenericKubernetesResource one, boolean unknown) {
                    seen.add("delete " + one.getMetadata().getName());
                }
            });
            client.resources(Robot.class)
                    .inNamespace(namespace)
                    .resource(robot("other", 9))
                    .create();
            Robot labelled = robot("c", 4);
            labelled.getMetadata().setLabels(Map.of("line", "one"));
            client.resources(Robot.class)
                    .inNamespace(namespace)
                    .resource(labelled)
                    .create();
            assertThat(next()).isEqualTo("add informers.example.com/v2 4");
            client.resources(Robot.class).inNamespace(namespace).withName("c").edit(now -> {
                now.getMetadata().getLabels().remove("line");
                return now;
            });
            assertThat(next()).as("it left the selection").isEqualTo("delete c");
        }
    }

    @Test
    void fabric8BySelectableField(KubernetesClient client, @Namespace String namespace) throws Exception {
        try (SharedIndexInformer<Robot> informer = client.resources(Robot.class)
                .inNamespace(namespace)
                .withField("spec.color", "red")
                .inform(told())) {
            client.resources(Robot.class)
                    .inNamespace(namespace)
                    .resource(robot("grey", 1))
                    .create();
            Robot red = robot("red", 2);
            red.getSpec().color = "red";
            client.resources(Robot.class).inNamespace(namespace).resource(red).create();
            assertThat(next()).isEqualTo("add red red");
            assertThat(informer.getStore().list()).hasSize(1);
        }
    }

    @Test
    void official(ApiClient client, ApiServerUnderTest server, @Namespace String namespace) throws Exception {
        GenericKubernetesApi<Machine, Machines> api = new GenericKubernetesApi<>(
                Machine.class, Machines.class, "informers.example.com", "v1", "robots", client);
        SharedInformerFactory factory = new SharedInformerFactory(client);
        io.kubernetes.client.informer.SharedIndexInformer<Machine> informer =
                factory.sharedIndexInformerFor(api, Machine.class, 0, namespace);
        informer.addEventHandler(new io.kubernetes.client.informer.ResourceEventHandler<>() {
            @Override
            public void onAdd(Machine one) {
                seen.add("add " + one.metadata.getName() + " " + one.spec.color);
            }

            @Override
            public void onUpdate(Machine old, Machine one) {
                seen.add("update " + one.spec.arms + " " + (one.status == null ? "" : one.status.phase));
            }

            @Override
            public void onDelete(Machine one, boolean unknown) {
                seen.add("delete " + one.metadata.getName());
            }
        });
        try {
            factory.startAllRegisteredInformers();
            Machine made =
                    api.create(machine(namespace, "a")).throwsApiException().getObject();
            assertThat(next()).isEqualTo("add a grey");
            made.spec.arms = 2;
            Machine changed = api.update(made).throwsApiException().getObject();
            assertThat(next()).isEqualTo("update 2 ");
            api.updateStatus(changed, one -> {
                        Status status = new Status();
                        status.phase = "walking";
                        return status;
                    })
                    .throwsApiException();
            assertThat(next()).isEqualTo("update 2 walking");
            assertThat(new Lister<>(informer.getIndexer(), namespace).get("a").status.phase)
                    .isEqualTo("walking");

            server.restore(server.snapshot()); // as after a compaction: it has to list anew
            api.create(machine(namespace, "b")).throwsApiException();
            String last = next();
            while (last.startsWith("update")) { // what it had, listed anew
                last = next();
            }
            assertThat(last).isEqualTo("add b grey");
            api.delete(namespace, "a").throwsApiException();
            assertThat(next()).isEqualTo("delete a");
            assertThat(new Lister<>(informer.getIndexer(), namespace).list())
                    .extracting(one -> one.metadata.getName())
                    .containsExactly("b");
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private static Machine machine(String namespace, String name) {
        Machine machine = new Machine();
        machine.metadata = new V1ObjectMeta().name(name).namespace(namespace);
        machine.spec = new Spec();
        machine.spec.arms = 1;
        return machine;
    }
}
