// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the default flow schemas and priority levels, and says of each flow schema whether the level is there that it names.
 * Specs are brought back where the object's annotation lets the server do so; mandatory objects always.
 */
public final class FlowConfigReconciler implements Controller {
    private static final String GROUP = "flowcontrol.apiserver.k8s.io";
    private static final String ROOT = "/apis/" + GROUP + "/v1/";
    private static final String SCHEMAS = "flowschemas";
    private static final String LEVELS = "prioritylevelconfigurations";
    private static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";
    private static final List<String> MANDATORY = List.of("exempt", "catch-all");

    private static final String PRODUCER = "api-priority-and-fairness-config-producer-v1";
    private static final String CONSUMER = "api-priority-and-fairness-config-consumer-v1";

    private final Catalog catalog;
    private final Stores stores;
    private final BootstrapWriter writer;
    private final LocalClient producer;
    private final LocalClient consumer;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> schemas;
    private final List<Following> following = new ArrayList<>();
    private volatile boolean closed;

    /** A reconciler; the executor has one thread. */
    public FlowConfigReconciler(
            Catalog catalog,
            Stores stores,
            BootstrapWriter writer,
            Function<ApiRequest, ApiResponse> door,
            InstantSource clock,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.writer = writer;
        this.clock = clock;
        this.executor = executor;
        producer = new LocalClient(door, PRODUCER);
        consumer = new LocalClient(door, CONSUMER);
        schemas = new WorkQueue<>(executor, name -> {
            if (!closed) {
                settle(name);
            }
            return null;
        });
    }

    @Override
    public String name() {
        return "priority-and-fairness-config";
    }

    /** Makes what is missing and repairs what is there, now. */
    public void ensure() {
        ensure(LEVELS, FlowBootstrap.levels());
        ensure(SCHEMAS, FlowBootstrap.schemas());
    }

    private void ensure(String resource, Map<String, ObjectValue> wanted) {
        wanted.forEach((name, spec) -> {
            StoredObject current = writer.find(resource + "." + GROUP, "", name);
            if (current == null) {
                ObjectValue object = object(name, spec);
                ObjectValue status = resource.equals(SCHEMAS) ? status(levelOf(object)) : null;
                writer.create(resource + "." + GROUP, object, PRODUCER, status, CONSUMER);
            } else {
                repair(resource, name, spec, current.tree());
            }
        });
    }

    private static ObjectValue object(String name, ObjectValue spec) {
        ObjectValue metadata = ObjectValue.builder()
                .put("name", name)
                .put("annotations", ObjectValue.of(AUTO_UPDATE, Value.of("true")))
                .build();
        return ObjectValue.of("metadata", metadata, "spec", spec);
    }

    private void repair(String resource, String name, ObjectValue spec, ObjectValue current) {
        String says = current.objectAt("metadata", "annotations").stringOrEmpty(AUTO_UPDATE);
        boolean mandatory = MANDATORY.contains(name);
        boolean free =
                says.equals("true") || says.isEmpty() && ObjectMeta.of(current).generation() == 1;
        ObjectValue repaired = current;
        if (mandatory || says.isEmpty()) {
            String value = mandatory || free ? "true" : "false";
            repaired = repaired.withAt(Value.of(value), "metadata", "annotations", AUTO_UPDATE);
        }
        // what the level of those that are never queued lends may be chosen
        if ((mandatory || free) && !name.equals("exempt")) {
            repaired = repaired.with("spec", spec);
        }
        if (!repaired.equals(current)) {
            producer.update(ROOT + resource + "/" + name, repaired);
        }
    }

    private ObjectStore store(String resource) {
        return stores.of(definition(resource));
    }

    private ResourceDefinition definition(String resource) {
        ResourceDefinition found = catalog.find(resource + "." + GROUP);
        if (found == null) {
            throw new IllegalStateException("nothing serves " + resource);
        }
        return found;
    }

    @Override
    public void start() {
        following.add(new Following(stores, definition(SCHEMAS), executor, this::schemaChanged).start());
        following.add(new Following(stores, definition(LEVELS), executor, this::levelChanged).start());
    }

    private void schemaChanged(ObjectEvent.Type type, StoredObject schema) {
        if (type != ObjectEvent.Type.DELETED) {
            schemas.add(schema.header().name());
        }
    }

    private void levelChanged(ObjectEvent.Type type, StoredObject level) {
        if (type == ObjectEvent.Type.MODIFIED) {
            return;
        }
        for (StoredObject schema : store(SCHEMAS).current("")) {
            if (levelOf(schema.tree()).equals(level.header().name())) {
                schemas.add(schema.header().name());
            }
        }
    }

    private static String levelOf(ObjectValue schema) {
        return schema.objectAt("spec", "priorityLevelConfiguration").stringOrEmpty("name");
    }

    /** Writes into a schema's status whether its level is there, where that is not told yet. */
    private void settle(String name) {
        StoredObject found = store(SCHEMAS).get("", name);
        if (found == null) {
            return;
        }
        ObjectValue status = status(levelOf(found.tree()));
        ObjectValue wanted = told(status);
        ObjectValue told = told(found.tree().objectOrEmpty("status"));
        if (told != null && wanted != null && isSame(told, wanted)) {
            return;
        }
        ObjectValue applied = ObjectValue.builder()
                .put("apiVersion", GROUP + "/v1")
                .put("kind", "FlowSchema")
                .put("metadata", ObjectValue.of("name", Value.of(name)))
                .put("status", status)
                .build();
        consumer.send(
                "PATCH",
                ROOT + SCHEMAS + "/" + name + "/status?force=true&fieldManager=" + CONSUMER,
                applied,
                "application/apply-patch+yaml");
    }

    /** What the status says of a level now. */
    private ObjectValue status(String level) {
        boolean there = store(LEVELS).get("", level) != null;
        ObjectValue condition = ObjectValue.builder()
                .put("type", "Dangling")
                .put("status", there ? "False" : "True")
                .put("lastTransitionTime", Timestamp.format(clock.instant()))
                .put("reason", there ? "Found" : "NotFound")
                .put(
                        "message",
                        "This FlowSchema references the PriorityLevelConfiguration object named " + GoText.quote(level)
                                + (there ? " and it exists" : " but there is no such object"))
                .build();
        return ObjectValue.of("conditions", ArrayValue.of(condition));
    }

    private static boolean isSame(ObjectValue one, ObjectValue other) {
        return List.of("status", "reason", "message").stream()
                .allMatch(member -> one.stringOrEmpty(member).equals(other.stringOrEmpty(member)));
    }

    private static @Nullable ObjectValue told(ObjectValue status) {
        for (ObjectValue condition : status.arrayOrEmpty("conditions").objects()) {
            if (condition.stringOrEmpty("type").equals("Dangling")) {
                return condition;
            }
        }
        return null;
    }

    @Override
    public void close() {
        closed = true;
        following.forEach(Following::close);
    }
}
