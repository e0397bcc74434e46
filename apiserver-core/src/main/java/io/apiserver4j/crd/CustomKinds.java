// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the live catalog in step with CustomResourceDefinitions: what is established is served, a changed definition is
 * compiled anew (which ends its watches, as in kube-apiserver), what is gone is no longer served. Safe for use by several
 * threads.
 */
public final class CustomKinds {
    private final LiveCatalog catalog;
    private final Stores stores;
    private final Outbound outbound;
    private final Map<String, Served> served = new HashMap<>();

    /** A definition that is served, and what it was compiled of. */
    private record Served(ObjectValue source, @Nullable ResourceDefinition definition, AtomicBoolean terminating) {}

    /** Serves kinds through a catalog; their objects are in the stores, and converted by calls where they say so. */
    public CustomKinds(LiveCatalog catalog, Stores stores, Outbound outbound) {
        this.catalog = catalog;
        this.stores = stores;
        this.outbound = outbound;
    }

    /** Serves what a definition says now; nothing happens where nothing that matters has changed. */
    public synchronized void put(ObjectValue definition) {
        putAll(List.of(definition));
    }

    /** The same for many, in one change. */
    public synchronized void putAll(List<ObjectValue> definitions) {
        Map<ResourceDefinition, ResourceDefinition> replaced = new IdentityHashMap<>();
        List<ResourceDefinition> added = new ArrayList<>();
        List<ResourceDefinition> removed = new ArrayList<>();
        for (ObjectValue object : definitions) {
            String name = object.objectOrEmpty("metadata").stringOrEmpty("name");
            ObjectValue source = source(object);
            Served before = served.get(name);
            if (before != null && ObjectMeta.of(object).isDeleting()) {
                before.terminating.set(true);
            }
            if (!ConditionView.isTrue(object, "Established") || before != null && before.source.equals(source)) {
                continue;
            }
            AtomicBoolean terminating = new AtomicBoolean(ObjectMeta.of(object).isDeleting());
            ResourceDefinition compiled =
                    isTaken(object, before) ? null : CustomDefinitions.compile(object, terminating::get, outbound);
            served.put(name, new Served(source, compiled, terminating));
            ResourceDefinition old = before == null ? null : before.definition;
            if (old != null && compiled != null) {
                replaced.put(old, compiled);
            } else if (old != null) {
                removed.add(old);
            } else if (compiled != null) {
                added.add(compiled);
            }
        }
        change(replaced, added, removed);
    }

    /** What the server serves by itself under the same name goes before. */
    private boolean isTaken(ObjectValue object, @Nullable Served before) {
        ObjectValue spec = object.objectOrEmpty("spec");
        String plural = spec.objectOrEmpty("names").stringOrEmpty("plural");
        return (before == null || before.definition == null)
                && catalog.current().find(plural + "." + spec.stringOrEmpty("group")) != null;
    }

    private void change(
            Map<ResourceDefinition, ResourceDefinition> replaced,
            List<ResourceDefinition> added,
            List<ResourceDefinition> removed) {
        if (replaced.isEmpty() && added.isEmpty() && removed.isEmpty()) {
            return;
        }
        replaced.values().forEach(stores::replace);
        change(one -> removed.contains(one) ? null : replaced.getOrDefault(one, one), added);
        replaced.values().forEach(stores::replace); // calls that came in between may have opened one for the old
        removed.forEach(stores::drop);
    }

    private void change(
            Function<ResourceDefinition, @Nullable ResourceDefinition> rule, List<ResourceDefinition> added) {
        catalog.change(now -> {
            List<ResourceDefinition> out = new ArrayList<>();
            for (ResourceDefinition one : now.definitions()) {
                ResourceDefinition kept = one.custom() ? rule.apply(one) : one;
                if (kept != null) {
                    out.add(kept);
                }
            }
            out.addAll(added);
            return new Catalog(out);
        });
    }

    /** What a compiled definition depends on. */
    private static ObjectValue source(ObjectValue object) {
        return object.objectOrEmpty("spec")
                .with("acceptedNames", object.objectAt("status", "acceptedNames"))
                .with("storedVersions", object.objectOrEmpty("status").arrayOrEmpty("storedVersions"));
    }

    /** Ends the service of a definition that is gone. */
    public synchronized void remove(String name) {
        Served before = served.remove(name);
        ResourceDefinition definition = before == null ? null : before.definition;
        if (definition != null) {
            change(Map.of(), List.of(), List.of(definition));
        }
    }

    /** What is served for a definition of a name, or null. */
    public synchronized @Nullable ResourceDefinition find(String name) {
        Served known = served.get(name);
        return known == null ? null : known.definition;
    }
}
