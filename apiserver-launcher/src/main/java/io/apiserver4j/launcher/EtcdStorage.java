// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.etcd.EtcdStore;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stores in etcd of a start, one for each cluster that is named. The only class that names etcd's module: it is loaded
 * where etcd is asked for, and not otherwise.
 */
final class EtcdStorage implements AutoCloseable {
    private final List<EtcdStore> stores = new ArrayList<>();
    private final Map<List<String>, EtcdStore> byServers = new LinkedHashMap<>();
    private final EtcdOptions options;

    private EtcdStorage(EtcdOptions options) {
        this.options = options;
    }

    /**
     * Opens the stores, and waits until they answer.
     *
     * @throws Refusal where a file or an address is not fit, or etcd does not answer in time
     */
    static EtcdStorage open(EtcdOptions options) throws Refusal {
        EtcdStorage storage = new EtcdStorage(options);
        try {
            storage.store(options.servers());
            options.overrides().values().forEach(storage::store);
            storage.await();
            return storage;
        } catch (IllegalArgumentException e) {
            storage.close();
            throw Refusal.of("error creating storage factory: " + e.getMessage());
        } catch (StoreException e) {
            storage.close();
            throw Refusal.of("error waiting for etcd connection: " + e.getMessage());
        }
    }

    private EtcdStore store(List<String> servers) {
        return byServers.computeIfAbsent(servers, this::connect);
    }

    private EtcdStore connect(List<String> servers) {
        EtcdStore.Builder builder =
                EtcdStore.builder().endpoints(servers).compactionInterval(options.compactionInterval());
        if (options.authorities() != null) {
            builder.trustedAuthorities(options.authorities());
        }
        if (options.certificate() != null && options.key() != null) {
            builder.clientCertificate(options.certificate(), options.key());
        }
        EtcdStore store = builder.build();
        stores.add(store);
        return store;
    }

    private void await() {
        Duration patience = options.patience().isZero() ? Duration.ofDays(365) : options.patience();
        for (EtcdStore store : stores) {
            store.probe("/health", patience);
            store.progressIsExact();
        }
    }

    /** Where everything is that has no store of its own. */
    KeyValueStore main() {
        return store(options.servers());
    }

    /** The stores of single resources, by the resource's name with its group. */
    Map<String, KeyValueStore> overrides() {
        Map<String, KeyValueStore> out = new LinkedHashMap<>();
        options.overrides().forEach((resource, servers) -> out.put(resource, store(servers)));
        return out;
    }

    @Override
    public void close() {
        stores.forEach(EtcdStore::close);
    }
}
