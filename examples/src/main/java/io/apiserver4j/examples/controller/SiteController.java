// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a Deployment for each ConfigMap with the label {@code site=yes}: its image and number of replicas are what the
 * ConfigMap's data says. Deployments that somebody changes are brought back; those of a removed ConfigMap go with their
 * owner. It writes by server-side apply, so what it does not name belongs to others.
 */
public final class SiteController implements AutoCloseable {
    private static final Map<String, String> SITES = Map.of("site", "yes");
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("site-controller")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final SharedIndexInformer<ConfigMap> sites;
    private final SharedIndexInformer<Deployment> deployments;

    private SiteController(KubernetesClient client) {
        this.client = client;
        sites = client.configMaps().withLabels(SITES).runnableInformer(0);
        deployments = client.apps().deployments().withLabels(SITES).runnableInformer(0);
    }

    /** A running controller of the namespace that the client is set to. */
    public static SiteController start(KubernetesClient client) {
        SiteController controller = new SiteController(client);
        controller.sites.addEventHandler(
                controller.<ConfigMap>handler(site -> site.getMetadata().getName()));
        controller.deployments.addEventHandler(
                controller.<Deployment>handler(one -> one.getMetadata().getName()));
        controller.deployments.start().toCompletableFuture().join();
        controller.sites.start().toCompletableFuture().join();
        return controller;
    }

    private <T> ResourceEventHandler<T> handler(java.util.function.Function<T, String> site) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T one) {
                enqueue(site.apply(one), 0);
            }

            @Override
            public void onUpdate(T before, T after) {
                enqueue(site.apply(after), 0);
            }

            @Override
            public void onDelete(T last, boolean unsure) {
                enqueue(site.apply(last), 0);
            }
        };
    }

    /** Events say only that something happened to a site: what is to be done is read from the state. */
    private void enqueue(String name, long delayMillis) {
        if (!worker.isShutdown()) {
            worker.schedule(() -> tryReconcile(name), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void tryReconcile(String name) {
        try {
            reconcile(name);
        } catch (KubernetesClientException e) {
            enqueue(name, 500);
        }
    }

    private void reconcile(String name) {
        ConfigMap site = sites.getStore().getByKey(client.getNamespace() + "/" + name);
        if (site == null || site.getMetadata().getDeletionTimestamp() != null) {
            return; // the garbage collector takes what it owned
        }
        client.resource(wanted(site))
                .patch(APPLY); // an apply that changes nothing makes no event, so this comes to rest
    }

    private static Deployment wanted(ConfigMap site) {
        String name = site.getMetadata().getName();
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(site.getMetadata().getNamespace())
                .withLabels(SITES)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName(name)
                        .withUid(site.getMetadata().getUid())
                        .build())
                .endMetadata()
                .withNewSpec()
                .withReplicas(Integer.parseInt(site.getData().getOrDefault("replicas", "1")))
                .withNewSelector()
                .addToMatchLabels("site-of", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("site-of", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage(site.getData().getOrDefault("image", "nginx"))
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        worker.shutdownNow();
        sites.close();
        deployments.close();
    }
}
