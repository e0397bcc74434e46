// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.storage.KeyValueStore;
import java.time.Duration;
import java.util.Map;

/**
 * How a server keeps its objects, beside the store that it is given. Immutable; begin with {@link #STANDARD}.
 *
 * @param prefix what all keys begin with
 * @param overrides stores for single resources by their names with group, such as {@code events} or {@code
 *     leases.coordination.k8s.io}; the caller closes them
 * @param eventTtl how long events are kept; whole seconds count
 * @param healthCheckTimeout how long the check {@code etcd} waits for an answer
 * @param readyCheckTimeout how long the check {@code etcd-readiness} waits for an answer
 */
public record StorageSettings(
        String prefix,
        Map<String, KeyValueStore> overrides,
        Duration eventTtl,
        Duration healthCheckTimeout,
        Duration readyCheckTimeout) {
    /** As kube-apiserver without flags. */
    public static final StorageSettings STANDARD = new StorageSettings(
            "/registry", Map.of(), Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofSeconds(2));

    /**
     * Copies the overrides.
     *
     * @throws IllegalArgumentException where the prefix is none, or events would be gone at once
     */
    public StorageSettings {
        if (!prefix.startsWith("/") || prefix.endsWith("/") && prefix.length() > 1) {
            throw new IllegalArgumentException("a prefix begins with a slash and does not end with one: " + prefix);
        }
        if (eventTtl.toSeconds() < 1) {
            throw new IllegalArgumentException("events can't be kept for " + eventTtl);
        }
        overrides = Map.copyOf(overrides);
    }

    /** These settings with another prefix of all keys. */
    public StorageSettings withPrefix(String newPrefix) {
        return new StorageSettings(newPrefix, overrides, eventTtl, healthCheckTimeout, readyCheckTimeout);
    }

    /** These settings with other stores for single resources. */
    public StorageSettings withOverrides(Map<String, KeyValueStore> stores) {
        return new StorageSettings(prefix, stores, eventTtl, healthCheckTimeout, readyCheckTimeout);
    }

    /** These settings with another time for events. */
    public StorageSettings withEventTtl(Duration time) {
        return new StorageSettings(prefix, overrides, time, healthCheckTimeout, readyCheckTimeout);
    }

    /** These settings with other patience of the checks. */
    public StorageSettings withTimeouts(Duration healthCheck, Duration readyCheck) {
        return new StorageSettings(prefix, overrides, eventTtl, healthCheck, readyCheck);
    }
}
