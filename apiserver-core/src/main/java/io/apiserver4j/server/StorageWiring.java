// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.diagnostics.HealthChecks;
import io.apiserver4j.diagnostics.StoreCheck;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.store.StoreOptions;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.seal.Encryption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a server makes of its {@link StorageSettings}. */
final class StorageWiring {
    private StorageWiring() {}

    static Stores stores(KeyValueStore store, StorageSettings settings, Defaulter defaulter) {
        Path keys = settings.encryptionConfig();
        return new Stores(
                store,
                new StoreOptions(
                        settings.prefix(),
                        settings.eventTtl().toSeconds(),
                        settings.overrides(),
                        StoreOptions.Form.valueOf(settings.form().name()),
                        defaulter,
                        keys == null ? null : Encryption.ofFile(keys, settings.encryptionReload())));
    }

    static void checks(HealthChecks health, KeyValueStore store, StorageSettings settings) {
        Set<KeyValueStore> all = new LinkedHashSet<>(List.of(store));
        all.addAll(settings.overrides().values());
        List<KeyValueStore> stores = new ArrayList<>(all);
        String key = settings.prefix() + "/health";
        health.put("etcd", new StoreCheck(stores, key, settings.healthCheckTimeout()));
        health.put("etcd-readiness", new StoreCheck(stores, key, settings.readyCheckTimeout()));
    }
}
