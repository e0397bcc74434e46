// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.discovery.RemoteGroups;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.openapi.RemoteDocuments;
import io.apiserver4j.outbound.ServiceResolver;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Target;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group versions that other servers answer, as their registrations have it now. What others say of themselves is asked
 * for in the background, each server apart, and kept while it does not answer.
 */
public final class Aggregator implements RemoteGroups, RemoteDocuments, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);

    private final ServiceResolver services;
    private final Supplier<FrontProxy> front;
    private final Map<String, Remote> remotes = new TreeMap<>();
    private volatile Snapshot snapshot = Snapshot.NONE;
    private @Nullable ExecutorService executor;

    /** What is known of a group version. */
    private record Remote(
            RemoteEndpoint endpoint,
            List<ObjectValue> resources,
            boolean fresh,
            @Nullable RemoteDocument document) {
        Registration registration() {
            return endpoint.registration();
        }
    }

    /** What readers see; replaced as a whole. */
    private record Snapshot(
            Map<String, RemoteEndpoint> endpoints, List<RemoteVersion> versions, List<RemoteDocument> documents) {
        static final Snapshot NONE = new Snapshot(Map.of(), List.of(), List.of());
    }

    /**
     * Knows of no registration yet.
     *
     * @param services finds services
     * @param front gives the certificate that is shown; asked when a server is first called
     */
    public Aggregator(ServiceResolver services, Supplier<FrontProxy> front) {
        this.services = services;
        this.front = front;
    }

    /** True where no other server answers anything. */
    public boolean isEmpty() {
        return snapshot == Snapshot.NONE;
    }

    /** What answers a target in place of this server, or null. */
    public @Nullable Endpoint find(Target target) {
        Snapshot now = snapshot;
        if (now == Snapshot.NONE) {
            return null;
        }
        if (target instanceof Target.OfResource resource) {
            return now.endpoints.get(key(resource.group(), resource.version()));
        }
        String[] parts = target.path().split("/");
        if (parts.length >= 4 && parts[1].equals("apis")) {
            return now.endpoints.get(key(parts[2], parts[3]));
        }
        return parts.length >= 3 && parts[1].equals("api") ? now.endpoints.get(key("", parts[2])) : null;
    }

    private static String key(String group, String version) {
        return group + "/" + version;
    }

    /** A registration is there, or has changed; those that this server answers itself are forgotten. */
    public synchronized void put(ObjectValue tree) {
        Registration registration = Registration.of(tree);
        if (registration == null) {
            remove(ObjectMeta.of(tree).name());
            return;
        }
        Remote before = remotes.get(registration.name());
        if (before != null && before.registration().equals(registration)) {
            return;
        }
        RemoteEndpoint endpoint = new RemoteEndpoint(registration, backend(registration));
        remotes.put(
                registration.name(),
                before == null
                        ? new Remote(endpoint, List.of(), false, null)
                        : new Remote(endpoint, before.resources, before.fresh, before.document));
        publish();
    }

    private Backend backend(Registration registration) {
        for (Remote one : remotes.values()) {
            if (one.registration().sameBackend(registration)) {
                return one.endpoint.backend();
            }
        }
        return new Backend(registration, front.get(), services, threads());
    }

    /** A registration is gone. */
    public synchronized void remove(String name) {
        if (remotes.remove(name) != null) {
            publish();
        }
    }

    private void publish() {
        if (remotes.isEmpty()) {
            snapshot = Snapshot.NONE;
            return;
        }
        Map<String, RemoteEndpoint> endpoints = new TreeMap<>();
        List<RemoteVersion> versions = new ArrayList<>();
        List<RemoteDocument> documents = new ArrayList<>();
        for (Remote one : remotes.values()) {
            Registration registration = one.registration();
            endpoints.put(key(registration.group(), registration.version()), one.endpoint);
            versions.add(new RemoteVersion(
                    registration.group(),
                    registration.version(),
                    registration.groupPriority(),
                    registration.versionPriority(),
                    one.resources,
                    one.fresh));
            if (one.document != null) {
                documents.add(one.document);
            }
        }
        Snapshot before = snapshot;
        snapshot = new Snapshot(
                endpoints,
                before.versions.equals(versions) ? before.versions : List.copyOf(versions),
                before.documents.equals(documents) ? before.documents : List.copyOf(documents));
    }

    @Override
    public List<RemoteVersion> current() {
        return snapshot.versions;
    }

    @Override
    public List<RemoteDocument> documents() {
        return snapshot.documents;
    }

    /** The names of the registrations of a service. */
    public synchronized List<String> registrationsOf(String namespace, String service) {
        return remotes.values().stream()
                .map(Remote::registration)
                .filter(one -> one.service().namespace().equals(namespace)
                        && one.service().name().equals(service))
                .map(Registration::name)
                .toList();
    }

    /** The names of all registrations of other servers. */
    public synchronized List<String> registrations() {
        return List.copyOf(remotes.keySet());
    }

    /**
     * Whether the server of a registration can be called; null where the registration is gone.
     *
     * @param service the service it names, or null
     * @param slices the endpoint slices of that service
     */
    public @Nullable CompletableFuture<Availability> check(
            String name, @Nullable ObjectValue service, List<ObjectValue> slices) {
        Remote remote;
        synchronized (this) {
            remote = remotes.get(name);
        }
        if (remote == null) {
            return null;
        }
        Registration registration = remote.registration();
        Availability known = Availability.of(registration.service(), service, slices);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : Availability.ask(registration, remote.endpoint.backend());
    }

    /** Namespace and name of the service that a registration names, or null where it is gone. */
    public synchronized @Nullable List<String> serviceOf(String name) {
        Remote remote = remotes.get(name);
        return remote == null
                ? null
                : List.of(
                        remote.registration().service().namespace(),
                        remote.registration().service().name());
    }

    /** Asks the server of a registration what it serves, in the background. */
    public void refresh(String name) {
        ExecutorService threads;
        Remote remote;
        synchronized (this) {
            remote = remotes.get(name);
            threads = threads();
        }
        if (remote != null && !threads.isShutdown()) {
            threads.execute(() -> learn(name, remote));
        }
    }

    private void learn(String name, Remote remote) {
        Registration registration = remote.registration();
        Backend backend = remote.endpoint.backend();
        List<ObjectValue> resources = remote.resources;
        boolean fresh = false;
        if (registration.available()) {
            try {
                resources = RemoteDiscovery.read(registration, backend);
                fresh = true;
            } catch (Exception e) {
                LOG.debug("no discovery of {}", name, e);
            }
        }
        learned(name, registration, resources, fresh, remote.document);
        if (fresh) {
            try {
                RemoteDocument document = RemoteOpenApi.read(registration, backend, remote.document);
                learned(name, registration, resources, true, document);
            } catch (Exception e) {
                LOG.debug("no documents of {}", name, e);
            }
        }
    }

    private synchronized void learned(
            String name,
            Registration asked,
            List<ObjectValue> resources,
            boolean fresh,
            @Nullable RemoteDocument document) {
        Remote now = remotes.get(name);
        if (now != null && now.registration().equals(asked)) {
            remotes.put(name, new Remote(now.endpoint, resources, fresh, document));
            publish();
        }
    }

    private synchronized ExecutorService threads() {
        ExecutorService made = executor;
        if (made == null) {
            made = new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                        Thread thread = new Thread(task, "apiserver4j-aggregator");
                        thread.setDaemon(true);
                        return thread;
                    });
            executor = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        ExecutorService made = executor;
        if (made != null) {
            made.shutdownNow();
        }
        remotes.clear();
        snapshot = Snapshot.NONE;
    }
}
