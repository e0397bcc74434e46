// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of all servers that share a store, in the endpoints of the kubernetes service: each server keeps an entry
 * that expires ({@code /registry/masterleases/ADDRESS}, as kube-apiserver keeps it), and writes down whose entries it
 * finds. One that ends takes its own away.
 */
public final class SharedEndpoints implements Controller {
    private static final Logger LOG = LoggerFactory.getLogger(SharedEndpoints.class);
    private static final Kind KIND = new Kind("", "v1", "Endpoints");
    private static final long EXPIRY_SECONDS = 15;
    private static final long RENEWAL_SECONDS = 10;

    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final String address;
    private final int port;
    private volatile boolean ended;

    /** The entry of a server that is reached here. */
    public SharedEndpoints(
            Stores stores, LocalClient client, String address, int port, ScheduledExecutorService executor) {
        this.stores = stores;
        this.client = client;
        this.address = address;
        this.port = port;
        this.executor = executor;
    }

    private static ResourceDefinition entries() {
        return ResourceDefinition.kept(
                KIND,
                "masterleases",
                "masterlease",
                new ResourceDefinition.StorageLocation("/registry/masterleases", "", KIND.version(), EXPIRY_SECONDS));
    }

    @Override
    public String name() {
        return "bootstrap-controller";
    }

    @Override
    public void start() {
        executor.scheduleWithFixedDelay(this::renew, 0, RENEWAL_SECONDS, TimeUnit.SECONDS);
    }

    private void renew() {
        if (ended) {
            return;
        }
        try {
            keepEntry();
            KubernetesService.publish(client, addresses(), port);
        } catch (RuntimeException e) {
            LOG.debug("the endpoints of the kubernetes service were not looked after", e);
        }
    }

    private void keepEntry() {
        ObjectStore entries = stores.of(entries());
        StoredObject found = entries.get("", address);
        if (found == null) {
            entries.create(entry(1));
            return;
        }
        // Another number each time, since only a change makes it live longer.
        ObjectValue tree = found.tree();
        long generation = tree.objectOrEmpty("metadata").longOr("generation", 0) + 1;
        entries.replace(found, entry(generation));
    }

    private ObjectValue entry(long generation) {
        ObjectValue ip = ObjectValue.of("ip", Value.of(address));
        return ObjectValue.builder()
                .put("kind", KIND.kind())
                .put("apiVersion", KIND.apiVersion())
                .put(
                        "metadata",
                        ObjectValue.builder()
                                .put("name", address)
                                .put("generation", generation)
                                .build())
                .put("subsets", ArrayValue.of(ObjectValue.of("addresses", ArrayValue.of(ip))))
                .build();
    }

    /** The addresses of those that live, in order. */
    private Set<String> addresses() {
        Set<String> out = new TreeSet<>();
        for (StoredObject entry : stores.of(entries()).current("")) {
            for (ObjectValue subset : objects(entry.tree(), "subsets")) {
                objects(subset, "addresses").forEach(one -> out.add(one.stringOrEmpty("ip")));
            }
        }
        return out;
    }

    private static List<ObjectValue> objects(ObjectValue object, String member) {
        return KubernetesService.objects(object, member);
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            ObjectStore entries = stores.of(entries());
            StoredObject found = entries.get("", address);
            if (found != null) {
                entries.delete(found);
            }
            Set<String> left = addresses();
            if (!left.isEmpty()) { // the last one leaves its address, as it was
                KubernetesService.publish(client, left, port);
            }
        } catch (RuntimeException e) {
            LOG.debug("the entry of {} expires by itself", address, e);
        }
    }
}
