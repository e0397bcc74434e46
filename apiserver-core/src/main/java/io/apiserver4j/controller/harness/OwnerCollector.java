// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.ObjectPaths;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Collects what belongs to owners that are gone: in the background, in the foreground, or by leaving dependents alone. All
 * state is touched by the executor's one thread only.
 */
public final class OwnerCollector implements Controller {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final WorkQueue<Node> queue;
    private final List<Following> following = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private final Set<String> followed = new LinkedHashSet<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    /** One object: where it is. */
    private record Node(ResourceDefinition definition, String namespace, String name, String uid) {
        String path() {
            return ObjectPaths.object(definition, namespace, name);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Node that && uid.equals(that.uid);
        }

        @Override
        public int hashCode() {
            return uid.hashCode();
        }
    }

    /** A collector over these stores; the executor has one thread. */
    public OwnerCollector(LiveCatalog catalog, Stores stores, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::settle);
    }

    @Override
    public String name() {
        return "garbagecollector";
    }

    @Override
    public void start() {
        catalog.onChange(changed -> executor.execute(this::followAll));
        executor.execute(this::followAll);
    }

    private void followAll() {
        for (ResourceDefinition definition : catalog.current().definitions()) {
            boolean collects = definition.verbs().contains(Verb.WATCH)
                    && definition.verbs().contains(Verb.DELETE)
                    && !definition.plural().equals("events");
            if (closed) {
                return;
            }
            if (collects && followed.add(definition.groupResource())) {
                Following one = new Following(
                                stores, definition, executor, (type, object) -> changed(definition, type, object))
                        .start();
                following.add(one);
                if (closed) { // nobody else closes what came behind the closing
                    one.close();
                }
            }
        }
    }

    private void changed(ResourceDefinition definition, ObjectEvent.Type type, StoredObject object) {
        ObjectMeta meta = ObjectMeta.of(object.tree());
        Node node = new Node(definition, meta.namespace(), meta.name(), meta.uid());
        if (type == ObjectEvent.Type.DELETED) {
            nodes.remove(node.uid());
            dependents.values().forEach(set -> set.remove(node.uid()));
            for (String uid : dependents.getOrDefault(node.uid(), Set.of())) {
                again(uid);
            }
            meta.ownerReferences().objects().forEach(owner -> again(owner.stringOrEmpty("uid")));
            return;
        }
        nodes.put(node.uid(), node);
        for (ObjectValue owner : meta.ownerReferences().objects()) {
            dependents
                    .computeIfAbsent(owner.stringOrEmpty("uid"), uid -> new LinkedHashSet<>())
                    .add(node.uid());
        }
        boolean finalizing =
                meta.finalizers().contains(ORPHAN) || meta.finalizers().contains(FOREGROUND);
        if (!meta.ownerReferences().isEmpty() || meta.isDeleting() && finalizing) {
            queue.add(node);
        }
    }

    private void again(String uid) {
        Node node = nodes.get(uid);
        if (node != null) {
            queue.add(node);
        }
    }

    /** Does what is to be done about one object. */
    private @Nullable Duration settle(Node node) {
        ObjectValue object = client.get(node.path());
        if (object == null || !ObjectMeta.of(object).uid().equals(node.uid())) {
            return null;
        }
        ObjectMeta meta = ObjectMeta.of(object);
        if (meta.isDeleting()) {
            if (meta.finalizers().contains(ORPHAN)) {
                return orphan(node, meta);
            }
            return meta.finalizers().contains(FOREGROUND) ? foreground(node, meta) : null;
        }
        if (meta.ownerReferences().isEmpty()) {
            return null;
        }
        collect(node, meta);
        return null;
    }

    /** Deletes an object whose owners are all gone or wait for it; takes references to gone owners out else. */
    private void collect(Node node, ObjectMeta meta) {
        List<Value> solid = new ArrayList<>();
        boolean waiting = false;
        boolean dangling = false;
        for (ObjectValue reference : meta.ownerReferences().objects()) {
            ObjectValue owner = owner(node, reference);
            if (owner == null) {
                dangling = true;
            } else if (ObjectMeta.of(owner).isDeleting()
                    && ObjectMeta.of(owner).finalizers().contains(FOREGROUND)) {
                waiting = true;
            } else {
                solid.add(reference);
            }
        }
        if (solid.isEmpty() && (dangling || waiting)) {
            String policy = waiting && hasDependents(node.uid()) ? "Foreground" : "Background";
            client.delete(node.path(), deleteOptions(node, policy));
        } else if (dangling || waiting) {
            client.patch(
                    node.path(),
                    ObjectValue.of(
                            "metadata",
                            ObjectValue.of("ownerReferences", ArrayValue.of(solid), "uid", Value.of(node.uid()))));
        }
    }

    private boolean hasDependents(String uid) {
        return !dependents.getOrDefault(uid, Set.of()).isEmpty();
    }

    private static ObjectValue deleteOptions(Node node, String policy) {
        return ObjectValue.of(
                "propagationPolicy", Value.of(policy), "preconditions", ObjectValue.of("uid", Value.of(node.uid())));
    }

    /** The owner that a reference names, or null where it is not there (or another one has its name now). */
    private @Nullable ObjectValue owner(Node node, ObjectValue reference) {
        ResourceDefinition definition = catalog.current().find(Kind.of(reference));
        if (definition == null) {
            return reference; // of a kind that is not known here nothing can be said
        }
        ObjectValue owner =
                client.get(ObjectPaths.object(definition, node.namespace(), reference.stringOrEmpty("name")));
        return owner != null && ObjectMeta.of(owner).uid().equals(reference.stringOrEmpty("uid")) ? owner : null;
    }

    private @Nullable Duration orphan(Node node, ObjectMeta meta) {
        for (String uid : List.copyOf(dependents.getOrDefault(node.uid(), Set.of()))) {
            Node dependent = nodes.get(uid);
            ObjectValue object = dependent == null ? null : client.get(dependent.path());
            if (dependent == null || object == null) {
                continue;
            }
            List<Value> left = new ArrayList<>();
            for (ObjectValue reference : ObjectMeta.of(object).ownerReferences().objects()) {
                if (!reference.stringOrEmpty("uid").equals(node.uid())) {
                    left.add(reference);
                }
            }
            Value owners = left.isEmpty() ? Value.nul() : ArrayValue.of(left);
            client.patch(dependent.path(), ObjectValue.of("metadata", ObjectValue.of("ownerReferences", owners)));
        }
        dependents.remove(node.uid());
        removeFinalizer(node, meta, ORPHAN);
        return null;
    }

    private @Nullable Duration foreground(Node node, ObjectMeta meta) {
        boolean blocked = false;
        for (String uid : List.copyOf(dependents.getOrDefault(node.uid(), Set.of()))) {
            Node dependent = nodes.get(uid);
            ObjectValue object = dependent == null ? null : client.get(dependent.path());
            if (dependent == null || object == null) {
                continue;
            }
            for (ObjectValue reference : ObjectMeta.of(object).ownerReferences().objects()) {
                blocked |= reference.stringOrEmpty("uid").equals(node.uid()) && reference.isTrue("blockOwnerDeletion");
            }
            queue.add(dependent);
        }
        if (blocked) {
            return LOOK_AGAIN;
        }
        removeFinalizer(node, meta, FOREGROUND);
        return null;
    }

    private void removeFinalizer(Node node, ObjectMeta meta, String finalizer) {
        List<String> left = new ArrayList<>(meta.finalizers());
        left.remove(finalizer);
        Value finalizers = left.isEmpty() ? Value.nul() : ArrayValue.ofStrings(left);
        LocalClient.Answer answer = client.patch(
                node.path(),
                ObjectValue.of(
                        "metadata",
                        ObjectValue.of("finalizers", finalizers, "resourceVersion", Value.of(meta.resourceVersion()))));
        if (answer.code() == 409) {
            queue.add(node);
        }
    }

    @Override
    public void close() {
        closed = true;
        following.forEach(Following::close);
    }
}
