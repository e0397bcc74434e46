// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.aggregation.Aggregator;
import io.apiserver4j.aggregation.Availability;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the aggregator of registrations, and keeps their condition: whether the server behind one is there and answers. Looks
 * again when the service or its endpoints change, and every half minute; services are followed only while there is a
 * registration of another server.
 */
public final class ApiServiceController implements Controller {
    private static final String COLLECTION = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final Availability LOCAL =
            new Availability("True", "Local", "Local APIServices are always available");
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final Aggregator aggregator;
    private final LocalClient client;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private final List<Following> followings = new ArrayList<>();
    private final Set<String> asking = new HashSet<>();
    private final Set<String> askAgain = new HashSet<>();
    private final Map<String, Duration> retries = new HashMap<>();
    private boolean followsServices;
    private volatile boolean closed;

    /** A controller over these stores; it writes through the client. */
    public ApiServiceController(
            LiveCatalog catalog,
            Stores stores,
            Aggregator aggregator,
            LocalClient client,
            InstantSource clock,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.aggregator = aggregator;
        this.client = client;
        this.clock = clock;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::work);
    }

    @Override
    public String name() {
        return "apiservice";
    }

    /** Hands on what is registered already before it returns. */
    @Override
    public void start() {
        ResourceDefinition registrations = catalog.current().find("apiregistration.k8s.io", "v1", "apiservices");
        if (registrations == null) {
            return;
        }
        for (StoredObject object : stores.of(registrations).current("")) {
            if (!object.header().labels().has(MANAGED)) {
                aggregator.put(object.tree());
            }
        }
        follow(registrations, this::seen);
    }

    private synchronized void follow(
            ResourceDefinition definition, BiConsumer<ObjectEvent.Type, StoredObject> listener) {
        if (!closed) {
            followings.add(new Following(stores, definition, executor, listener).start());
        }
    }

    private void seen(ObjectEvent.Type type, StoredObject object) {
        String name = object.header().name();
        if (type == ObjectEvent.Type.DELETED) {
            aggregator.remove(name);
            return;
        }
        ObjectValue tree = object.tree();
        if (tree.objectOrEmpty("spec").getObject("service") == null) {
            aggregator.remove(name);
            if (LOCAL.in(tree, "") != tree) {
                queue.add(name);
            }
            return;
        }
        followServices();
        aggregator.put(tree);
        aggregator.refresh(name);
        queue.add(name);
    }

    private void followServices() {
        synchronized (this) {
            if (followsServices || closed) {
                return;
            }
            followsServices = true;
        }
        Catalog now = catalog.current();
        ResourceDefinition services = now.find("services");
        if (services != null) {
            follow(
                    services,
                    (type, object) ->
                            touched(object.header().namespace(), object.header().name()));
        }
        ResourceDefinition slices = now.find("endpointslices.discovery.k8s.io");
        if (slices != null) {
            follow(slices, (type, object) -> touched(object.header().namespace(), serviceOf(object)));
        }
        executor.scheduleWithFixedDelay(() -> aggregator.registrations().forEach(queue::add), 30, 30, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(
                () -> aggregator.registrations().forEach(aggregator::refresh), 60, 60, TimeUnit.SECONDS);
    }

    private static String serviceOf(StoredObject slice) {
        return slice.header().labels().stringOrEmpty(SERVICE_NAME);
    }

    private void touched(String namespace, String service) {
        aggregator.registrationsOf(namespace, service).forEach(queue::add);
    }

    private @Nullable Duration work(String name) {
        List<String> service = aggregator.serviceOf(name);
        if (service == null) {
            ObjectValue current = client.get(COLLECTION + "/" + name);
            if (current != null && current.objectOrEmpty("spec").getObject("service") == null) {
                write(name, LOCAL);
            }
            return null;
        }
        if (!asking.add(name)) { // of this thread only
            askAgain.add(name);
            return null;
        }
        CompletableFuture<Availability> answer =
                aggregator.check(name, service(service.get(0), service.get(1)), slices(service.get(0), service.get(1)));
        if (answer == null) {
            asking.remove(name);
            return null;
        }
        CompletableFuture<Void> unused = answer.thenAccept(availability -> {
            if (!executor.isShutdown()) {
                executor.execute(() -> answered(name, availability));
            }
        });
        return null;
    }

    private void answered(String name, Availability availability) {
        asking.remove(name);
        write(name, availability);
        if (askAgain.remove(name)) {
            queue.add(name);
        }
        if (availability.reason().equals("FailedDiscoveryCheck")) {
            Duration delay = retries.merge(name, FIRST_RETRY, (before, first) -> {
                Duration doubled = before.multipliedBy(2);
                return doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
            });
            executor.schedule(() -> queue.add(name), delay.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            retries.remove(name);
        }
    }

    private void write(String name, Availability availability) {
        ObjectValue current = client.get(COLLECTION + "/" + name);
        if (current == null) {
            return;
        }
        ObjectValue changed = availability.in(current, Timestamp.format(clock.instant()));
        if (changed != current
                && client.update(COLLECTION + "/" + name + "/status", changed).code() == 409) {
            queue.add(name); // changed in the meantime
        }
    }

    private @Nullable ObjectValue service(String namespace, String name) {
        ResourceDefinition services = catalog.current().find("services");
        StoredObject found = services == null ? null : stores.of(services).get(namespace, name);
        return found == null ? null : found.tree();
    }

    private List<ObjectValue> slices(String namespace, String service) {
        ResourceDefinition slices = catalog.current().find("endpointslices.discovery.k8s.io");
        List<ObjectValue> out = new ArrayList<>();
        if (slices != null) {
            for (StoredObject object : stores.of(slices).current(namespace)) {
                if (serviceOf(object).equals(service)) {
                    out.add(object.tree());
                }
            }
        }
        return out;
    }

    @Override
    public synchronized void close() {
        closed = true;
        followings.forEach(Following::close);
    }
}
