// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.store.seal.Encryption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The object stores of a server, one per stored resource, made when first asked. Definitions that share a storage prefix
 * (the two groups of events) share a store.
 */
public final class Stores implements AutoCloseable {
    private final KeyValueStore store;
    private final StoreOptions options;
    private final Map<String, ObjectStore> byPrefix = new ConcurrentHashMap<>();
    private final Map<String, ResourceDefinition> present = new ConcurrentHashMap<>();

    /** Stores over a key-value store, which stays the caller's to close. */
    public Stores(KeyValueStore store) {
        this(store, StoreOptions.STANDARD);
    }

    /** The same, kept as the options say; their stores stay the caller's, too. */
    public Stores(KeyValueStore store, StoreOptions options) {
        this.store = store;
        this.options = options;
    }

    /** The objects of a definition. */
    public ObjectStore of(ResourceDefinition definition) {
        return byPrefix.computeIfAbsent(
                definition.storage().prefix(), prefix -> open(present.getOrDefault(prefix, definition)));
    }

    private ObjectStore open(ResourceDefinition definition) {
        KeyValueStore under = options.others().getOrDefault(definition.groupResource(), store);
        return new ObjectStore(definition, under, options);
    }

    /**
     * Lets objects be seen as a changed definition has them from now on, also by calls that still hold the one before. Ends
     * the watchers.
     */
    public void replace(ResourceDefinition definition) {
        String prefix = definition.storage().prefix();
        present.put(prefix, definition);
        close(byPrefix.remove(prefix));
    }

    /** Ends the watchers of a definition that is no longer served, and forgets its objects. */
    public void drop(ResourceDefinition definition) {
        String prefix = definition.storage().prefix();
        present.remove(prefix);
        close(byPrefix.remove(prefix));
    }

    private static void close(@Nullable ObjectStore dropped) {
        if (dropped != null) {
            dropped.close();
        }
    }

    /** The store below. */
    public KeyValueStore keyValues() {
        return store;
    }

    @Override
    public void close() {
        byPrefix.values().forEach(ObjectStore::close);
        Encryption encryption = options.encryption();
        if (encryption != null) {
            encryption.close();
        }
    }
}
