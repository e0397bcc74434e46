// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.ObjectPaths;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Lets claims, volumes and classes of attributes go that are deleted and not used any more, by taking the finalizers away
 * that admission gave them, as the controller manager does.
 */
public final class StorageProtection implements Controller {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String VOLUMES = "persistentvolumes";
    private static final String CLASSES = "volumeattributesclasses.storage.k8s.io";
    private static final String PODS = "pods";
    private static final Map<String, String> FINALIZERS = Map.of(
            CLAIMS, "kubernetes.io/pvc-protection",
            VOLUMES, "kubernetes.io/pv-protection",
            CLASSES, "kubernetes.io/vac-protection");

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final WorkQueue<Subject> queue;
    private final List<Following> following = new ArrayList<>();

    private record Subject(String resource, String namespace, String name) {}

    /** A controller over these stores; the executor has one thread. */
    public StorageProtection(
            LiveCatalog catalog, Stores stores, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        queue = new WorkQueue<>(executor, subject -> {
            settle(subject);
            return null;
        });
    }

    @Override
    public String name() {
        return "storage-protection";
    }

    @Override
    public void start() {
        for (String resource : List.of(CLAIMS, VOLUMES, CLASSES, PODS)) {
            ResourceDefinition definition = catalog.current().find(resource);
            if (definition != null) {
                following.add(
                        new Following(stores, definition, executor, (type, object) -> changed(resource, type, object))
                                .start());
            }
        }
    }

    private void changed(String resource, ObjectEvent.Type type, StoredObject object) {
        boolean gone = type == ObjectEvent.Type.DELETED;
        if (resource.equals(PODS)) {
            if (gone) {
                claimsOf(object.tree())
                        .forEach(claim ->
                                queue.add(new Subject(CLAIMS, object.header().namespace(), claim)));
            }
            return;
        }
        if (!gone) {
            queue.add(new Subject(
                    resource, object.header().namespace(), object.header().name()));
        }
        if (!resource.equals(CLASSES)) { // what used a class may not use it any more
            for (StoredObject one : known(CLASSES, "")) {
                queue.add(new Subject(CLASSES, "", one.header().name()));
            }
        }
    }

    private static List<String> claimsOf(ObjectValue pod) {
        List<String> out = new ArrayList<>();
        for (ObjectValue volume :
                pod.objectOrEmpty("spec").arrayOrEmpty("volumes").objects()) {
            if (volume.has("persistentVolumeClaim")) {
                out.add(volume.objectOrEmpty("persistentVolumeClaim").stringOrEmpty("claimName"));
            } else if (volume.has("ephemeral")) {
                out.add(ObjectMeta.of(pod).name() + "-" + volume.stringOrEmpty("name"));
            }
        }
        return out;
    }

    private Iterable<StoredObject> known(String resource, String namespace) {
        ResourceDefinition definition = catalog.current().find(resource);
        return definition == null ? List.of() : stores.of(definition).known(namespace);
    }

    private void settle(Subject subject) {
        ResourceDefinition definition = catalog.current().find(subject.resource());
        StoredObject found = definition == null ? null : stores.of(definition).get(subject.namespace(), subject.name());
        if (definition == null || found == null) {
            return;
        }
        ObjectValue object = found.tree();
        ObjectMeta meta = ObjectMeta.of(object);
        String finalizer = FINALIZERS.get(subject.resource());
        if (!meta.isDeleting() || !meta.finalizers().contains(finalizer) || isUsed(subject, object)) {
            return;
        }
        List<Value> left = new ArrayList<>();
        meta.finalizers().stream().filter(one -> !one.equals(finalizer)).forEach(one -> left.add(Value.of(one)));
        ObjectValue patch = ObjectValue.of(
                "metadata",
                ObjectValue.of("resourceVersion", Value.of(meta.resourceVersion()), "finalizers", ArrayValue.of(left)));
        LocalClient.Answer answer =
                client.patch(ObjectPaths.object(definition, subject.namespace(), subject.name()), patch);
        if (!answer.isSuccess() && answer.code() != 404) {
            throw new IllegalStateException(answer.message()); // tried again by the queue
        }
    }

    private boolean isUsed(Subject subject, ObjectValue object) {
        return switch (subject.resource()) {
            case CLAIMS -> isClaimUsed(subject);
            case VOLUMES ->
                object.objectOrEmpty("status").stringOrEmpty("phase").equals("Bound");
            default -> isClassUsed(subject.name());
        };
    }

    /** Pods without a node don't count: they cannot begin with a claim that goes. */
    private boolean isClaimUsed(Subject claim) {
        for (StoredObject one : known(PODS, claim.namespace())) {
            ObjectValue pod = one.tree();
            if (!pod.objectOrEmpty("spec").stringOrEmpty("nodeName").isEmpty()
                    && claimsOf(pod).contains(claim.name())) {
                return true;
            }
        }
        return false;
    }

    private boolean isClassUsed(String name) {
        for (StoredObject one : known(VOLUMES, "")) {
            if (name.equals(one.tree().objectOrEmpty("spec").stringOrEmpty("volumeAttributesClassName"))) {
                return true;
            }
        }
        for (StoredObject one : known(CLAIMS, "")) {
            if (classesOf(one.tree()).contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> classesOf(ObjectValue claim) {
        ObjectValue status = claim.objectOrEmpty("status");
        List<String> out = new ArrayList<>();
        out.add(claim.objectOrEmpty("spec").stringOrEmpty("volumeAttributesClassName"));
        out.add(status.stringOrEmpty("currentVolumeAttributesClassName"));
        out.add(status.objectOrEmpty("modifyVolumeStatus").stringOrEmpty("targetVolumeAttributesClassName"));
        return out;
    }

    @Override
    public void close() {
        following.forEach(Following::close);
    }
}
