// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.storage.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Whether the store answers. */
public record StoreCheck(KeyValueStore store) implements HealthCheck {
    private static final String KEY = "/registry/health";

    @Override
    public @Nullable String problem() {
        try {
            store.get(KEY);
            return null;
        } catch (RuntimeException e) {
            return "error getting data from etcd: " + e.getMessage();
        }
    }
}
