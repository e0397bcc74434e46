// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
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

/** The official Java client, as it is, over the socket. */
@ApiServerTest
@Timeout(60)
class OfficialClientTest {
    private static V1ConfigMap configMap(String name, String value) {
        return new V1ConfigMap()
                .metadata(new V1ObjectMeta().name(name).labels(Map.of("app", "shop")))
                .data(Map.of("k", value));
    }

    @Test
    void createsReadsReplacesAndDeletes(ApiClient client, @Namespace String namespace) throws ApiException {
        CoreV1Api api = new CoreV1Api(client);
        V1ConfigMap made =
                api.createNamespacedConfigMap(namespace, configMap("a", "1")).execute();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        V1ConfigMap replaced = api.replaceNamespacedConfigMap("a", namespace, configMap("a", "2"))
                .execute();
        assertThat(replaced.getData()).containsEntry("k", "2");
        V1ConfigMap stale = configMap("a", "3");
        stale.getMetadata().setResourceVersion(made.getMetadata().getResourceVersion());
        assertThatThrownBy(() ->
                        api.replaceNamespacedConfigMap("a", namespace, stale).execute())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(409));
        api.deleteNamespacedConfigMap("a", namespace).execute();
        assertThatThrownBy(() -> api.readNamespacedConfigMap("a", namespace).execute())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @Test
    void saysItsVersion(ApiClient client) throws ApiException {
        assertThat(new VersionApi(client).getCode().execute().getGitVersion()).startsWith("v1.37");
    }

    @Test
    void listsPageByPage(ApiClient client, @Namespace String namespace) throws ApiException {
        CoreV1Api api = new CoreV1Api(client);
        for (int i = 0; i < 5; i++) {
            api.createNamespacedConfigMap(namespace, configMap("c" + i, "v")).execute();
        }
        List<String> names = new ArrayList<>();
        String next = null;
        do {
            V1ConfigMapList page = api.listNamespacedConfigMap(namespace)
                    .labelSelector("app=shop")
                    .limit(2)
                    ._continue(next)
                    .execute();
            page.getItems().forEach(one -> names.add(one.getMetadata().getName()));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        assertThat(names).containsExactly("c0", "c1", "c2", "c3", "c4");
    }

    @Test
    void patches(ApiClient client, @Namespace String namespace) throws ApiException {
        AppsV1Api api = new AppsV1Api(client);
        V1Deployment wanted = new V1Deployment()
                .metadata(new V1ObjectMeta().name("web"))
                .spec(new V1DeploymentSpec()
                        .selector(new V1LabelSelector().matchLabels(Map.of("app", "web")))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(Map.of("app", "web")))
                                .spec(new V1PodSpec()
                                        .addContainersItem(
                                                new V1Container().name("c").image("img:1")))));
        V1Deployment made = api.createNamespacedDeployment(namespace, wanted).execute();
        assertThat(made.getSpec().getReplicas()).isEqualTo(1);
        V1Deployment patched = PatchUtils.patch(
                V1Deployment.class,
                () -> api.patchNamespacedDeployment(
                                "web",
                                namespace,
                                new V1Patch("[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]"))
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_PATCH,
                client);
        assertThat(patched.getSpec().getReplicas()).isEqualTo(4);
        V1Deployment applied = PatchUtils.patch(
                V1Deployment.class,
                () -> api.patchNamespacedDeployment(
                                "web",
                                namespace,
                                new V1Patch(
                                        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"},"
                                                + "\"spec\":{\"replicas\":6}}"))
                        .fieldManager("tests")
                        .force(true)
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_APPLY_YAML,
                client);
        assertThat(applied.getSpec().getReplicas()).isEqualTo(6);
    }

    @Test
    void watches(ApiClient client, @Namespace String namespace) throws Exception {
        CoreV1Api api = new CoreV1Api(client);
        String version =
                api.listNamespacedConfigMap(namespace).execute().getMetadata().getResourceVersion();
        api.createNamespacedConfigMap(namespace, configMap("w", "1")).execute();
        api.deleteNamespacedConfigMap("w", namespace).execute();
        try (Watch<V1ConfigMap> watch = Watch.createWatch(
                client,
                api.listNamespacedConfigMap(namespace)
                        .resourceVersion(version)
                        .labelSelector("app=shop")
                        .watch(true)
                        .timeoutSeconds(5)
                        .buildCall(null),
                new com.google.gson.reflect.TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
            assertThat(watch.next().type).isEqualTo("ADDED");
            assertThat(watch.next().type).isEqualTo("DELETED");
        }
    }

    @Test
    void informersFollow(ApiClient client, @Namespace String namespace) throws Exception {
        CoreV1Api api = new CoreV1Api(client);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        SharedInformerFactory factory = new SharedInformerFactory(client);
        SharedIndexInformer<V1ConfigMap> informer = factory.sharedIndexInformerFor(
                (CallGeneratorParams params) -> api.listNamespacedConfigMap(namespace)
                        .labelSelector("app=shop")
                        .resourceVersion(params.resourceVersion)
                        .timeoutSeconds(params.timeoutSeconds)
                        .watch(params.watch)
                        .buildCall(null),
                V1ConfigMap.class,
                V1ConfigMapList.class);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap object) {
                seen.add("add " + object.getMetadata().getName());
            }

            @Override
            public void onUpdate(V1ConfigMap old, V1ConfigMap object) {
                seen.add("update " + object.getData().get("k"));
            }

            @Override
            public void onDelete(V1ConfigMap object, boolean unknown) {
                seen.add("delete " + object.getMetadata().getName());
            }
        });
        try {
            factory.startAllRegisteredInformers();
            api.createNamespacedConfigMap(namespace, configMap("a", "1")).execute();
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("add a");
            api.replaceNamespacedConfigMap("a", namespace, configMap("a", "2")).execute();
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("update 2");
            api.deleteNamespacedConfigMap("a", namespace).execute();
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("delete a");
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    @Test
    void genericApi(ApiClient client, @Namespace String namespace) {
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> api =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        V1ConfigMap wanted = configMap("g", "1");
        wanted.getMetadata().setNamespace(namespace);
        assertThat(api.create(wanted).isSuccess()).isTrue();
        assertThat(api.get(namespace, "g").getObject().getData()).containsEntry("k", "1");
        assertThat(api.create(wanted).getHttpStatusCode()).isEqualTo(409);
        assertThat(api.delete(namespace, "g").isSuccess()).isTrue();
    }

    @Test
    void electsALeader(ApiClient client, @Namespace String namespace) throws Exception {
        CompletableFuture<String> leads = new CompletableFuture<>();
        LeaderElectionConfig config = new LeaderElectionConfig(
                new LeaseLock(namespace, "election", "me", client),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMillis(200));
        try (LeaderElector elector = new LeaderElector(config)) {
            Thread running = new Thread(() -> elector.run(() -> leads.complete("me"), () -> {}), "elector");
            running.setDaemon(true);
            running.start();
            assertThat(leads.get(20, TimeUnit.SECONDS)).isEqualTo("me");
            assertThat(new CoordinationV1Api(client)
                            .readNamespacedLease("election", namespace)
                            .execute()
                            .getSpec()
                            .getHolderIdentity())
                    .isEqualTo("me");
        }
    }
}
