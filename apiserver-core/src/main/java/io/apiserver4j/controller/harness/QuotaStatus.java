// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.admission.plugin.quota.QuotaUsage;
import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of quotas, as the controller manager does: what may be used as soon as a quota is made, and what is used
 * when something goes; what comes is counted by admission. A resource is followed from the first quota on that counts it. All
 * state is touched by the executor's one thread only.
 */
public final class QuotaStatus implements Controller {
    /** What is in admission at the moment is counted already and not there yet: less is believed when it stays less. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(30);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final QuotaUsage usage;
    private final WorkQueue<String> queue;
    private final Map<String, Following> following = new HashMap<>();
    private final Map<String, ObjectValue> doubted = new HashMap<>();

    /** A controller over these stores; the executor has one thread. */
    public QuotaStatus(
            LiveCatalog catalog,
            Stores stores,
            LocalClient client,
            InstantSource clock,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        usage = new QuotaUsage(stores, catalog, clock);
        queue = new WorkQueue<>(executor, this::settle);
    }

    @Override
    public String name() {
        return "resourcequota";
    }

    private ResourceDefinition quotas() {
        return Objects.requireNonNull(catalog.current().find("resourcequotas"), "nothing serves quotas");
    }

    @Override
    public void start() {
        follow(quotas());
    }

    private void follow(ResourceDefinition definition) {
        String resource = definition.groupResource();
        if (!following.containsKey(resource)) {
            following.put(
                    resource,
                    new Following(stores, definition, executor, (type, object) -> {
                                if (resource.equals("resourcequotas")) {
                                    if (type == ObjectEvent.Type.ADDED || isNew(object.tree())) {
                                        queue.add(object.header().namespace() + "/"
                                                + object.header().name());
                                    }
                                } else if (type != ObjectEvent.Type.ADDED) {
                                    addAll(object.header().namespace());
                                }
                            })
                            .start());
        }
    }

    /** Whether a quota says something else than what it was counted by: what is used is admission's to change. */
    private static boolean isNew(ObjectValue quota) {
        return !quota.objectAt("spec", "hard").equals(quota.objectAt("status", "hard"));
    }

    private void addAll(String namespace) {
        for (StoredObject quota : stores.of(quotas()).known(namespace)) {
            queue.add(namespace + "/" + quota.header().name());
        }
    }

    private @Nullable Duration settle(String key) {
        int slash = key.indexOf('/');
        String namespace = key.substring(0, slash);
        StoredObject found = stores.of(quotas()).get(namespace, key.substring(slash + 1));
        if (found == null || ObjectMeta.of(found.tree()).isDeleting()) {
            doubted.remove(key);
            return null;
        }
        ObjectValue quota = found.tree();
        usage.counted(quota).forEach(this::follow);
        ObjectValue counted = usage.counted(quota, namespace);
        if (counted.equals(quota)) {
            doubted.remove(key);
            return null;
        }
        ObjectValue status = counted.objectOrEmpty("status");
        if (QuotaUsage.isLess(counted, quota) && !status.equals(doubted.put(key, status))) {
            return SECOND_LOOK;
        }
        doubted.remove(key);
        LocalClient.Answer answer = client.update(
                "/api/v1/namespaces/" + namespace + "/resourcequotas/" + key.substring(slash + 1) + "/status", counted);
        if (!answer.isSuccess() && answer.code() != 404) {
            throw new IllegalStateException(answer.message()); // tried again by the queue
        }
        return null;
    }

    @Override
    public void close() {
        following.values().forEach(Following::close);
    }
}
