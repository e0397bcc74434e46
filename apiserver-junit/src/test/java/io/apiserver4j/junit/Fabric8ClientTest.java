// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** fabric8's client, as it is, over the socket: what operators do every day. */
@ApiServerTest
@Timeout(60)
class Fabric8ClientTest {
    private static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", "shop")
                .endMetadata()
                .addToData("k", value)
                .build();
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("img:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void createsReadsReplacesAndDeletes(KubernetesClient client, @Namespace String namespace) {
        ConfigMap made = client.configMaps().resource(configMap("a", "1")).create();
        assertThat(made.getMetadata().getNamespace()).isEqualTo(namespace);
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        ConfigMap changed = client.configMaps()
                .withName("a")
                .edit(c -> new ConfigMapBuilder(c).addToData("x", "2").build());
        assertThat(changed.getData()).containsEntry("k", "1").containsEntry("x", "2");
        assertThat(Long.parseLong(changed.getMetadata().getResourceVersion()))
                .isGreaterThan(Long.parseLong(made.getMetadata().getResourceVersion()));
        assertThatThrownBy(() -> client.configMaps().resource(made).update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(client.configMaps().withName("a").delete()).hasSize(1);
        assertThat(client.configMaps().withName("a").get()).isNull();
    }

    @Test
    void appliesOnTheServer(KubernetesClient client) {
        ConfigMap first = client.configMaps().resource(configMap("a", "1")).serverSideApply();
        assertThat(first.getMetadata().getManagedFields()).hasSize(1);
        PatchContext other = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("another")
                .build();
        assertThatThrownBy(
                        () -> client.configMaps().resource(configMap("a", "2")).patch(other))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getDetails().getCauses().get(0).getField())
                            .isEqualTo(".data.k");
                });
        ConfigMap forced = client.configMaps()
                .resource(configMap("a", "2"))
                .forceConflicts()
                .serverSideApply();
        assertThat(forced.getData()).containsEntry("k", "2");
    }

    @Test
    void patchesInAllForms(KubernetesClient client) {
        client.apps().deployments().resource(deployment("web")).create();
        Deployment scaled = client.apps().deployments().withName("web").scale(5);
        assertThat(scaled.getSpec().getReplicas()).isEqualTo(5);
        Deployment merged = client.apps()
                .deployments()
                .withName("web")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"paused\":true}}");
        assertThat(merged.getSpec().getPaused()).isTrue();
        Deployment strategic = client.apps()
                .deployments()
                .withName("web")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"d\",\"image\":\"img:2\"}]}}}}");
        assertThat(strategic.getSpec().getTemplate().getSpec().getContainers()).hasSize(2);
        Deployment json = client.apps()
                .deployments()
                .withName("web")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/spec/paused\"}]");
        assertThat(json.getSpec().getPaused()).isNull();
        assertThat(json.getMetadata().getGeneration()).isEqualTo(5);
        Deployment status = client.apps()
                .deployments()
                .withName("web")
                .editStatus(d -> new DeploymentBuilder(d)
                        .editOrNewStatus()
                        .withReplicas(5)
                        .withReadyReplicas(5)
                        .withUpdatedReplicas(5)
                        .withAvailableReplicas(5)
                        .withObservedGeneration(5L)
                        .endStatus()
                        .build());
        assertThat(status.getStatus().getReadyReplicas()).isEqualTo(5);
        assertThat(status.getMetadata().getGeneration()).isEqualTo(5);
    }

    @Test
    void listsPageByPage(KubernetesClient client) {
        for (int i = 0; i < 7; i++) {
            client.configMaps().resource(configMap("c" + i, "v")).create();
        }
        List<String> names = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            ConfigMapList page = client.configMaps()
                    .withLabel("app", "shop")
                    .list(new ListOptionsBuilder()
                            .withLimit(3L)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(one -> names.add(one.getMetadata().getName()));
            next = page.getMetadata().getContinue();
            pages++;
        } while (next != null && !next.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(names).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
        assertThat(client.configMaps()
                        .withLabelSelector("app notin (shop)")
                        .list()
                        .getItems())
                .extracting(one -> one.getMetadata().getName())
                .doesNotContain("c0");
    }

    @Test
    void watchesFromAVersionOn(KubernetesClient client) throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        ConfigMap before =
                client.configMaps().resource(configMap("before", "1")).create();
        try (Watch watch = client.configMaps()
                .withLabel("app", "shop")
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(before.getMetadata().getResourceVersion())
                                .build(),
                        new Watcher<>() {
                            @Override
                            public void eventReceived(Action action, ConfigMap object) {
                                seen.add(action + " " + object.getMetadata().getName());
                            }

                            @Override
                            public void onClose(WatcherException cause) {}
                        })) {
            client.configMaps().resource(configMap("w", "1")).create();
            client.configMaps()
                    .withName("w")
                    .edit(c -> new ConfigMapBuilder(c).addToData("k", "2").build());
            client.configMaps().withName("w").delete();
            assertThat(List.of(take(seen), take(seen), take(seen)))
                    .containsExactly("ADDED w", "MODIFIED w", "DELETED w");
        }
    }

    private static String take(BlockingQueue<String> queue) throws InterruptedException {
        String one = queue.poll(10, TimeUnit.SECONDS);
        return one == null ? "nothing" : one;
    }

    @Test
    void informersFollow(KubernetesClient client) throws Exception {
        client.configMaps().resource(configMap("a", "1")).create();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps()
                .withLabel("app", "shop")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ConfigMap object) {
                        seen.add("add " + object.getMetadata().getName());
                    }

                    @Override
                    public void onUpdate(ConfigMap old, ConfigMap object) {
                        seen.add("update " + object.getData().get("k"));
                    }

                    @Override
                    public void onDelete(ConfigMap object, boolean unknown) {
                        seen.add("delete " + object.getMetadata().getName());
                    }
                })) {
            assertThat(take(seen)).isEqualTo("add a");
            client.configMaps()
                    .withName("a")
                    .edit(c -> new ConfigMapBuilder(c).addToData("k", "2").build());
            assertThat(take(seen)).isEqualTo("update 2");
            client.configMaps().withName("a").delete();
            assertThat(take(seen)).isEqualTo("delete a");
            assertThat(informer.getStore().list()).isEmpty();
        }
    }

    @Test
    void genericResourcesOfAnyKind(KubernetesClient client) {
        ResourceDefinitionContext leases = new ResourceDefinitionContext.Builder()
                .withGroup("coordination.k8s.io")
                .withVersion("v1")
                .withKind("Lease")
                .withPlural("leases")
                .withNamespaced(true)
                .build();
        GenericKubernetesResource lease = new GenericKubernetesResource();
        lease.setApiVersion("coordination.k8s.io/v1");
        lease.setKind("Lease");
        lease.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName("l")
                .build());
        lease.setAdditionalProperty("spec", Map.of("holderIdentity", "me", "leaseDurationSeconds", 15));
        client.genericKubernetesResources(leases).resource(lease).create();
        GenericKubernetesResource read =
                client.genericKubernetesResources(leases).withName("l").get();
        assertThat(read.<String>get("spec", "holderIdentity")).isEqualTo("me");
        List<HasMetadata> loaded = client.load(new java.io.ByteArrayInputStream(
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .create();
        assertThat(loaded).hasSize(1);
        assertThat(client.secrets().withName("s").get().getData()).containsEntry("a", "Yg==");
        assertThatThrownBy(() -> client.secrets()
                        .resource(new SecretBuilder()
                                .withNewMetadata()
                                .withName("Bad_Name")
                                .endMetadata()
                                .build())
                        .create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(422));
    }

    @Test
    void dependentsGoWithTheirOwner(KubernetesClient client) {
        ConfigMap owner = client.configMaps().resource(configMap("owner", "1")).create();
        ConfigMap dependent = new ConfigMapBuilder(configMap("dependent", "1"))
                .editMetadata()
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .withBlockOwnerDeletion(true)
                        .build())
                .endMetadata()
                .build();
        client.configMaps().resource(dependent).create();
        client.configMaps()
                .withName("owner")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
        client.configMaps().withName("owner").waitUntilCondition(one -> one == null, 10, TimeUnit.SECONDS);
        client.configMaps().withName("dependent").waitUntilCondition(one -> one == null, 10, TimeUnit.SECONDS);
    }

    @Test
    void namespacesEnd(KubernetesClient client, ApiServerUnderTest server) {
        String name = server.newNamespace("ending");
        client.configMaps().inNamespace(name).resource(configMap("a", "1")).create();
        client.pods()
                .inNamespace(name)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("img:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client.namespaces().withName(name).delete();
        client.namespaces().withName(name).waitUntilCondition(one -> one == null, 10, TimeUnit.SECONDS);
        assertThat(client.configMaps().inNamespace(name).list().getItems()).isEmpty();
    }

    @Test
    void electsALeader(KubernetesClient client, @Namespace String namespace) throws Exception {
        CompletableFuture<String> leads = new CompletableFuture<>();
        var elector = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("election")
                        .withLeaseDuration(Duration.ofSeconds(5))
                        .withRenewDeadline(Duration.ofSeconds(3))
                        .withRetryPeriod(Duration.ofMillis(200))
                        .withLock(new LeaseLock(namespace, "election", "me"))
                        .withLeaderCallbacks(new LeaderCallbacks(() -> leads.complete("me"), () -> {}, id -> {}))
                        .build())
                .build();
        CompletableFuture<?> running = elector.start();
        assertThat(leads.get(10, TimeUnit.SECONDS)).isEqualTo("me");
        assertThat(client.leases().withName("election").get().getSpec().getHolderIdentity())
                .isEqualTo("me");
        running.cancel(true);
    }
}
