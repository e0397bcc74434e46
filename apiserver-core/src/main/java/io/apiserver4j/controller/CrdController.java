// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.crd.CustomKinds;
import io.apiserver4j.crd.NameAcceptance;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the names of CustomResourceDefinitions, establishes them, has them served, and empties those that are deleted. Part
 * of every server, as in kube-apiserver. Several servers over one store may do the same work; conflicts are tried again.
 */
public final class CrdController implements Controller {
    private static final String COLLECTION = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final CustomKinds kinds;
    private final LocalClient client;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private final Map<String, Known> known = new HashMap<>();
    private @Nullable Following following;

    /** A definition as it was last seen. */
    private record Known(long revision, ObjectValue tree) {}

    /** A controller over these stores; it writes through the client, and calls webhooks that convert objects. */
    public CrdController(
            LiveCatalog catalog,
            Stores stores,
            LocalClient client,
            Outbound outbound,
            InstantSource clock,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.kinds = new CustomKinds(catalog, stores, outbound);
        this.client = client;
        this.clock = clock;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::work);
    }

    @Override
    public String name() {
        return "customresourcedefinition";
    }

    /** Serves what is established already before it returns. */
    @Override
    public void start() {
        ResourceDefinition definitions =
                catalog.current().find("apiextensions.k8s.io", "v1", "customresourcedefinitions");
        if (definitions == null) {
            return;
        }
        List<ObjectValue> present = new ArrayList<>();
        for (StoredObject object : stores.of(definitions).current("")) {
            ObjectValue tree = object.tree();
            present.add(tree);
            synchronized (known) {
                known.put(ObjectMeta.of(tree).name(), new Known(object.revision(), tree));
            }
        }
        kinds.putAll(present);
        following = new Following(stores, definitions, executor, this::seen).start();
    }

    private void seen(ObjectEvent.Type type, StoredObject object) {
        ObjectValue tree = object.tree();
        String name = ObjectMeta.of(tree).name();
        if (type == ObjectEvent.Type.DELETED) {
            synchronized (known) {
                Known before = known.get(name);
                if (before != null && before.revision > object.revision()) {
                    return; // made anew in the meantime
                }
                known.remove(name);
            }
            kinds.remove(name);
            others(name).forEach(one -> queue.add(ObjectMeta.of(one).name())); // its names are free
            return;
        }
        accept(object.revision(), tree);
        queue.add(name);
    }

    private void accept(long revision, ObjectValue tree) {
        synchronized (known) {
            Known before = known.get(ObjectMeta.of(tree).name());
            if (before != null && before.revision > revision) {
                return;
            }
            known.put(ObjectMeta.of(tree).name(), new Known(revision, tree));
        }
        kinds.put(tree);
    }

    private List<ObjectValue> others(String name) {
        List<ObjectValue> out = new ArrayList<>();
        synchronized (known) {
            known.forEach((other, one) -> {
                if (!other.equals(name)) {
                    out.add(one.tree);
                }
            });
        }
        return out;
    }

    private @Nullable Duration work(String name) {
        Known now;
        synchronized (known) {
            now = known.get(name);
        }
        if (now == null) {
            return null;
        }
        if (ObjectMeta.of(now.tree).isDeleting()) {
            return finish(name, now.tree);
        }
        ObjectValue status = NameAcceptance.status(now.tree, others(name), Timestamp.format(clock.instant()));
        if (status != now.tree.get("status")) {
            if (kinds.find(name) == null) {
                kinds.put(now.tree.with("status", status)); // who reads that it is established finds it served
            }
            LocalClient.Answer answer =
                    client.update(COLLECTION + "/" + name + "/status", now.tree.with("status", status));
            if (!answer.isSuccess()) {
                throw new IllegalStateException(answer.message());
            }
            accept(Long.parseLong(ObjectMeta.of(answer.body()).resourceVersion()), answer.body());
        }
        return null;
    }

    /** Deletes the objects of a definition that is being deleted, then lets it go. */
    private @Nullable Duration finish(String name, ObjectValue tree) {
        List<String> finalizers = new ArrayList<>(ObjectMeta.of(tree).finalizers());
        if (!finalizers.remove(FINALIZER)) {
            return null;
        }
        ResourceDefinition served = kinds.find(name);
        if (served != null && !empty(served)) {
            return LOOK_AGAIN;
        }
        ObjectValue present = client.get(COLLECTION + "/" + name);
        if (present == null) {
            return null;
        }
        LocalClient.Answer answer = client.update(
                COLLECTION + "/" + name,
                finalizers.isEmpty()
                        ? present.withoutAt("metadata", "finalizers")
                        : present.withAt(ArrayValue.ofStrings(finalizers), "metadata", "finalizers"));
        if (!answer.isSuccess()) {
            throw new IllegalStateException(answer.message());
        }
        return null;
    }

    private boolean empty(ResourceDefinition definition) {
        ObjectStore objects = stores.of(definition);
        Set<String> namespaces = new TreeSet<>();
        for (StoredObject object : objects.current("")) {
            namespaces.add(object.header().namespace());
        }
        for (String namespace : namespaces) {
            client.delete(ObjectPaths.collection(definition, namespace), null);
        }
        return objects.count("") == 0;
    }

    @Override
    public void close() {
        Following open = following;
        if (open != null) {
            open.close();
        }
    }
}
