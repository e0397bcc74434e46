// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Live objects for plugins, in the stored version, by resource ({@code pods}, {@code storageclasses.storage.k8s.io}). */
public final class LiveObjects {
    private final Stores stores;
    private final LiveCatalog catalog;

    /** Reads from stores what a catalog says is kept there. */
    public LiveObjects(Stores stores, LiveCatalog catalog) {
        this.stores = stores;
        this.catalog = catalog;
    }

    /** The object of a name, or null; also where nothing serves the resource. */
    public @Nullable StoredObject find(String groupResource, String namespace, String name) {
        ResourceDefinition definition = catalog.current().find(groupResource);
        return definition == null ? null : stores.of(definition).get(namespace, name);
    }

    /** The objects of a namespace, of all where it is empty; none where nothing serves the resource. */
    public List<StoredObject> list(String groupResource, String namespace) {
        ResourceDefinition definition = catalog.current().find(groupResource);
        return definition == null ? List.of() : stores.of(definition).current(namespace);
    }

    /** The objects of a namespace, of all where it is empty, as they are at hand: nothing is asked for that. */
    public Iterable<StoredObject> known(String groupResource, String namespace) {
        ResourceDefinition definition = catalog.current().find(groupResource);
        return definition == null ? List.of() : stores.of(definition).known(namespace);
    }

    /** The object of a name as it is at hand, or null. */
    public @Nullable StoredObject known(String groupResource, String namespace, String name) {
        ResourceDefinition definition = catalog.current().find(groupResource);
        return definition == null ? null : stores.of(definition).known(namespace, name);
    }

    /** True where the resource is served. */
    public boolean serves(String groupResource) {
        return catalog.current().find(groupResource) != null;
    }

    /**
     * What was once read out of an object, kept until the object changes, so that busy plugins need not parse. Forgets
     * everything where it has grown too large.
     *
     * @param <T> what an object is read to
     */
    public static final class Memo<T> {
        private static final int LIMIT = 10_000;

        private final Map<String, Known<T>> known = new ConcurrentHashMap<>();
        private final Function<ObjectValue, T> reader;

        private record Known<T>(long revision, T value) {}

        /** Nothing known yet; this is how objects are read. */
        public Memo(Function<ObjectValue, T> reader) {
            this.reader = reader;
        }

        /** What an object says. */
        public T of(StoredObject object) {
            Known<T> found = known.get(object.key());
            if (found != null && found.revision() == object.revision()) {
                return found.value();
            }
            if (known.size() >= LIMIT) {
                known.clear();
            }
            T value = reader.apply(object.tree());
            known.put(object.key(), new Known<>(object.revision(), value));
            return value;
        }
    }
}
