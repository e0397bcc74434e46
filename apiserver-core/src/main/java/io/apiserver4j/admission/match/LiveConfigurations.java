// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.LiveView;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All configurations of a kind, compiled, in the order of their names. Each request sees what was written through this
 * server before it began, and what other replicas wrote as soon as the store tells. Followed from the first question on;
 * asking costs some reads of fields while nothing changes, whether there are configurations or not.
 *
 * @param <T> what a configuration is compiled to
 */
public final class LiveConfigurations<T> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Stores stores;
    private final LiveCatalog catalog;
    private final String groupResource;
    private final Function<ObjectValue, T> compiler;
    private final LiveView<Entry<T>> view;
    private final Map<String, Entry<T>> entries = new TreeMap<>(); // guarded by itself
    private volatile @Nullable List<T> all;
    private volatile @Nullable ObjectStore store;

    /** A configuration, compiled when it is first asked for. */
    private static final class Entry<T> {
        private final StoredObject source;
        private @Nullable T compiled;

        Entry(StoredObject source) {
            this.source = source;
        }
    }

    /**
     * The configurations of a resource.
     *
     * @param groupResource e.g. {@code validatingadmissionpolicies.admissionregistration.k8s.io}
     * @param compiler reads one, in the stored version (v1); called once for each that changes, on a request's thread. It
     *     must not throw
     */
    public LiveConfigurations(
            Stores stores, LiveCatalog catalog, String groupResource, Function<ObjectValue, T> compiler) {
        this.stores = stores;
        this.catalog = catalog;
        this.groupResource = groupResource;
        this.compiler = compiler;
        view = new LiveView<>(this::store, Entry::new, this::changed);
    }

    private ObjectStore store() {
        ObjectStore known = store;
        if (known == null) {
            ResourceDefinition definition = catalog.current().find(groupResource);
            if (definition == null) {
                throw new IllegalStateException("nothing serves " + groupResource);
            }
            known = stores.of(definition);
            store = known;
        }
        return known;
    }

    private void changed(@Nullable Entry<T> before, @Nullable Entry<T> after) {
        synchronized (entries) {
            if (after != null) {
                entries.put(after.source.header().name(), after);
            } else if (before != null) {
                entries.remove(before.source.header().name());
            }
            all = null;
        }
    }

    /** All of them; the same list as long as nothing changes. */
    public List<T> current() {
        view.await(store().writtenRevision(), PATIENCE);
        List<T> known = all;
        return known != null ? known : compiled();
    }

    private List<T> compiled() {
        synchronized (entries) {
            List<T> out = new ArrayList<>(entries.size());
            for (Entry<T> entry : entries.values()) {
                T one = entry.compiled;
                if (one == null) {
                    one = compiler.apply(entry.source.tree());
                    entry.compiled = one;
                }
                out.add(one);
            }
            List<T> known = List.copyOf(out);
            all = known;
            return known;
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
