// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.storage.KeyValueStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server keeps its objects in the store that it is given. Immutable; begin with {@link #STANDARD} for a store of one's
 * own, with {@link #SHARED} for an etcd that kube-apiserver is to be able to read.
 *
 * @param form how objects lie in the store
 * @param prefix what all keys begin with
 * @param overrides stores for single resources by their names with group, such as {@code events} or {@code
 *     leases.coordination.k8s.io}; the caller closes them
 * @param eventTtl how long events are kept; whole seconds count
 * @param healthCheckTimeout how long the check {@code etcd} waits for an answer
 * @param readyCheckTimeout how long the check {@code etcd-readiness} waits for an answer
 * @param encryptionConfig a file with an EncryptionConfiguration, read when the server is built, or null; not with the plain
 *     form
 * @param encryptionReload whether changes of that file count while the server runs
 */
public record StorageSettings(
        Form form,
        String prefix,
        Map<String, KeyValueStore> overrides,
        Duration eventTtl,
        Duration healthCheckTimeout,
        Duration readyCheckTimeout,
        @Nullable Path encryptionConfig,
        boolean encryptionReload) {
    /** How objects lie in the store. */
    public enum Form {
        /** As the bytes that are served: the cheapest, for a store of one's own. Other forms are not read. */
        PLAIN,
        /** As JSON, the way kube-apiserver writes it with {@code --storage-media-type=application/json}. */
        JSON,
        /** As protobuf, the way kube-apiserver writes it; objects of custom kinds as JSON. */
        PROTOBUF
    }

    /** Everything plain in one store. */
    public static final StorageSettings STANDARD = new StorageSettings(
            Form.PLAIN,
            "/registry",
            Map.of(),
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            null,
            false);

    /** As kube-apiserver without flags. */
    public static final StorageSettings SHARED = STANDARD.withForm(Form.PROTOBUF);

    /**
     * Copies the overrides.
     *
     * @throws IllegalArgumentException where the prefix is none, events would be gone at once, or the plain form is to be
     *     encrypted
     */
    public StorageSettings {
        if (!prefix.startsWith("/") || prefix.endsWith("/") && prefix.length() > 1) {
            throw new IllegalArgumentException("a prefix begins with a slash and does not end with one: " + prefix);
        }
        if (eventTtl.toSeconds() < 1) {
            throw new IllegalArgumentException("events can't be kept for " + eventTtl);
        }
        if (form == Form.PLAIN && encryptionConfig != null) {
            throw new IllegalArgumentException("what is encrypted is not plain: choose JSON or PROTOBUF");
        }
        overrides = Map.copyOf(overrides);
    }

    /** These settings with another form; the plain one takes an encryption away. */
    public StorageSettings withForm(Form other) {
        return new StorageSettings(
                other,
                prefix,
                overrides,
                eventTtl,
                healthCheckTimeout,
                readyCheckTimeout,
                other == Form.PLAIN ? null : encryptionConfig,
                encryptionReload);
    }

    /** These settings with another prefix of all keys. */
    public StorageSettings withPrefix(String other) {
        return new StorageSettings(
                form,
                other,
                overrides,
                eventTtl,
                healthCheckTimeout,
                readyCheckTimeout,
                encryptionConfig,
                encryptionReload);
    }

    /** These settings with other stores for single resources. */
    public StorageSettings withOverrides(Map<String, KeyValueStore> stores) {
        return new StorageSettings(
                form,
                prefix,
                stores,
                eventTtl,
                healthCheckTimeout,
                readyCheckTimeout,
                encryptionConfig,
                encryptionReload);
    }

    /** These settings with another time for events. */
    public StorageSettings withEventTtl(Duration time) {
        return new StorageSettings(
                form,
                prefix,
                overrides,
                time,
                healthCheckTimeout,
                readyCheckTimeout,
                encryptionConfig,
                encryptionReload);
    }

    /** These settings with other patience of the checks. */
    public StorageSettings withTimeouts(Duration healthCheck, Duration readyCheck) {
        return new StorageSettings(
                form, prefix, overrides, eventTtl, healthCheck, readyCheck, encryptionConfig, encryptionReload);
    }

    /** These settings with encryption as a file says; not with the plain form. */
    public StorageSettings withEncryption(Path config, boolean reload) {
        return new StorageSettings(
                form, prefix, overrides, eventTtl, healthCheckTimeout, readyCheckTimeout, config, reload);
    }
}
