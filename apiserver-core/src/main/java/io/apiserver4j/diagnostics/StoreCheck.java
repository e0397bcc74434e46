// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.storage.KeyValueStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the store answers. */
public record StoreCheck(List<KeyValueStore> stores, String key, Duration patience) implements HealthCheck {
    /** A check of these, by a key that need not be there. */
    public StoreCheck {
        stores = List.copyOf(stores);
    }

    @Override
    public @Nullable String problem() {
        try {
            for (KeyValueStore store : stores) {
                store.probe(key, patience);
            }
            return null;
        } catch (RuntimeException e) {
            return "error getting data from etcd: " + e.getMessage();
        }
    }
}
