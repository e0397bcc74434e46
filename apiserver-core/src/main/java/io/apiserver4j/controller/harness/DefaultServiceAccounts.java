// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Gives each namespace its default service account and, where the authority is known, its copy of the root certificate. */
public final class DefaultServiceAccounts implements Controller {
    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final String authorityPem;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private final List<Following> following = new ArrayList<>();

    /**
     * A controller over these stores.
     *
     * @param authorityPem the certificate that pods are to trust, empty where there is none
     */
    public DefaultServiceAccounts(
            LiveCatalog catalog,
            Stores stores,
            LocalClient client,
            String authorityPem,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.authorityPem = authorityPem;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::ensure);
    }

    @Override
    public String name() {
        return "serviceaccount";
    }

    @Override
    public void start() {
        follow("namespaces");
        follow("serviceaccounts");
    }

    private void follow(String plural) {
        ResourceDefinition definition = catalog.current().find("", "v1", plural);
        if (definition == null) {
            return;
        }
        following.add(new Following(stores, definition, executor, (type, object) -> {
                    ObjectMeta meta = ObjectMeta.of(object.tree());
                    boolean namespace = meta.namespace().isEmpty();
                    if (namespace ? type == ObjectEvent.Type.ADDED : type == ObjectEvent.Type.DELETED) {
                        queue.add(namespace ? meta.name() : meta.namespace());
                    }
                })
                .start());
    }

    private @Nullable Duration ensure(String namespace) {
        ObjectValue found = client.get("/api/v1/namespaces/" + namespace);
        if (found == null || ObjectMeta.of(found).isDeleting()) {
            return null;
        }
        String root = "/api/v1/namespaces/" + namespace;
        if (client.get(root + "/serviceaccounts/default") == null) {
            client.create(
                    root + "/serviceaccounts", ObjectValue.of("metadata", ObjectValue.of("name", Value.of("default"))));
        }
        if (!authorityPem.isEmpty() && client.get(root + "/configmaps/kube-root-ca.crt") == null) {
            client.create(
                    root + "/configmaps",
                    ObjectValue.of(
                            "metadata",
                            ObjectValue.of("name", Value.of("kube-root-ca.crt")),
                            "data",
                            ObjectValue.of("ca.crt", Value.of(authorityPem))));
        }
        return null;
    }

    @Override
    public void close() {
        following.forEach(Following::close);
    }
}
