// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.measure.Measures;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many objects are kept of each resource. Counted in the store, at most every few seconds. */
public final class StoreMeasures {
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final LiveCatalog catalog;
    private final Stores stores;
    private final InstantSource clock;
    private Instant counted = Instant.MIN;
    private Map<List<String>, Double> counts = Map.of();

    private StoreMeasures(LiveCatalog catalog, Stores stores, InstantSource clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.clock = clock;
    }

    /** Adds them; nothing is counted before somebody looks. */
    public static void addTo(Measures measures, LiveCatalog catalog, Stores stores, InstantSource clock) {
        measures.gaugesOf(
                "apiserver_resource_objects",
                "Number of objects that are kept.",
                List.of("group", "resource"),
                new StoreMeasures(catalog, stores, clock)::current);
    }

    private synchronized Map<List<String>, Double> current() {
        Instant now = clock.instant();
        if (counted.equals(Instant.MIN) || Duration.between(counted, now).compareTo(FRESH) > 0) {
            counts = count();
            counted = now;
        }
        return counts;
    }

    /** What can't be counted because the store doesn't answer is left out. */
    private Map<List<String>, Double> count() {
        Map<String, ResourceDefinition> byPrefix = new HashMap<>();
        for (ResourceDefinition definition : catalog.current().definitions()) {
            if (definition.verbs().contains(Verb.WATCH)) {
                byPrefix.putIfAbsent(definition.storage().prefix(), definition);
            }
        }
        Map<List<String>, Double> out = new HashMap<>();
        try {
            byPrefix.forEach((prefix, definition) -> out.put(List.of(definition.group(), definition.plural()), (double)
                    stores.of(definition).count("")));
        } catch (RuntimeException e) {
            return out;
        }
        return out;
    }
}
