// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.storage.KeyValueStore;
import java.util.Map;

/**
 * How objects are kept.
 *
 * @param root what all keys begin with, {@code /registry} by default; without trailing slash
 * @param expirySeconds how long objects live of those resources whose objects expire at all; 0 for what the resource says
 * @param others stores for single resources, by their names with group ({@code events}, {@code leases.coordination.k8s.io})
 */
public record StoreOptions(String root, long expirySeconds, Map<String, KeyValueStore> others) {
    /** As kube-apiserver does it without being asked, everything in one store. */
    public static final StoreOptions STANDARD = new StoreOptions("/registry", 0, Map.of());
}
