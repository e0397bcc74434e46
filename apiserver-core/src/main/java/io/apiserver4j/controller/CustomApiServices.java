// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Registers each group version that custom kinds bring, as long as there are any, by an APIService object. */
public final class CustomApiServices implements Controller {
    private static final String COLLECTION = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";

    private final LiveCatalog catalog;
    private final LocalClient client;
    private final WorkQueue<String> queue;
    private Set<String> wanted = Set.of();
    private volatile boolean closed;

    /** Writes through the client. */
    public CustomApiServices(LiveCatalog catalog, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.client = client;
        this.queue = new WorkQueue<>(executor, this::work);
    }

    @Override
    public String name() {
        return "crd-registration";
    }

    @Override
    public void start() {
        catalog.onChange(this::changed);
        changed(catalog.current());
    }

    private synchronized void changed(Catalog now) {
        if (closed) {
            return;
        }
        Set<String> names = new TreeSet<>();
        for (ResourceDefinition definition : now.definitions()) {
            if (definition.custom() && !now.isBuiltIn(definition.group())) {
                for (VersionDefinition version : definition.versions()) {
                    names.add(version.version() + "." + definition.group());
                }
            }
        }
        Set<String> before = wanted;
        wanted = names;
        names.stream().filter(name -> !before.contains(name)).forEach(queue::add);
        before.stream().filter(name -> !names.contains(name)).forEach(queue::add);
    }

    private @Nullable Duration work(String name) {
        boolean served;
        synchronized (this) {
            served = wanted.contains(name);
        }
        ObjectValue current = client.get(COLLECTION + "/" + name);
        if (served && current == null) {
            client.create(COLLECTION, registration(name));
        } else if (!served && current != null && isManaged(current)) {
            client.delete(COLLECTION + "/" + name, null);
        }
        return null;
    }

    private static boolean isManaged(ObjectValue registration) {
        Value label = registration.at("metadata", "labels", MANAGED);
        return label != null && "true".equals(label.asString());
    }

    private static ObjectValue registration(String name) {
        int dot = name.indexOf('.');
        return ObjectValue.of(
                "metadata",
                ObjectValue.of("name", Value.of(name), "labels", ObjectValue.of(MANAGED, Value.of("true"))),
                "spec",
                ObjectValue.builder()
                        .put("group", name.substring(dot + 1))
                        .put("version", name.substring(0, dot))
                        .put("groupPriorityMinimum", 1000)
                        .put("versionPriority", 100)
                        .build());
    }

    @Override
    public void close() {
        closed = true;
    }
}
