// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.ObjectPaths;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Empties namespaces that were deleted, and lets them go when nothing is left in them. */
public final class NamespaceFinalizer implements Controller {
    private static final String FINALIZER = "kubernetes";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private @Nullable Following following;

    /** A finalizer over these stores; it writes through the client. */
    public NamespaceFinalizer(
            LiveCatalog catalog, Stores stores, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::finish);
    }

    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public void start() {
        ResourceDefinition namespaces = catalog.current().find("", "v1", "namespaces");
        if (namespaces != null) {
            following = new Following(stores, namespaces, executor, (type, object) -> {
                        ObjectMeta meta = ObjectMeta.of(object.tree());
                        if (meta.isDeleting()) {
                            queue.add(meta.name());
                        }
                    })
                    .start();
        }
    }

    private @Nullable Duration finish(String name) {
        ObjectValue namespace = client.get("/api/v1/namespaces/" + name);
        if (namespace == null || !ObjectMeta.of(namespace).isDeleting()) {
            return null;
        }
        List<String> finalizers =
                namespace.objectOrEmpty("spec").arrayOrEmpty("finalizers").strings();
        if (!finalizers.contains(FINALIZER)) {
            return null;
        }
        if (empty(name)) {
            List<String> left = new ArrayList<>(finalizers);
            left.remove(FINALIZER);
            client.update(
                    "/api/v1/namespaces/" + name + "/finalize",
                    namespace.withAt(ArrayValue.ofStrings(left), "spec", "finalizers"));
            return null;
        }
        return LOOK_AGAIN;
    }

    /** Deletes what is in a namespace; true where nothing is left. */
    private boolean empty(String namespace) {
        boolean empty = true;
        for (ResourceDefinition definition : catalog.current().definitions()) {
            if (!definition.namespaced() || !definition.verbs().contains(Verb.DELETE)) {
                continue;
            }
            if (stores.of(definition).count(namespace) == 0) {
                continue;
            }
            ObjectValue options = ObjectValue.EMPTY;
            if (definition.plural().equals("pods")) {
                options = ObjectValue.of("gracePeriodSeconds", io.apiserver4j.value.Value.of(0));
            }
            client.send(
                    "DELETE",
                    ObjectPaths.collection(definition, namespace),
                    options.isEmpty() ? null : options,
                    "application/json");
            empty &= stores.of(definition).count(namespace) == 0;
        }
        return empty;
    }

    @Override
    public void close() {
        Following open = following;
        if (open != null) {
            open.close();
        }
    }
}
