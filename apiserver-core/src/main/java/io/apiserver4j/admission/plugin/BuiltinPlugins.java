// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.plugin.podsecurity.PodSecurity;
import io.apiserver4j.admission.plugin.podsecurity.PodSecuritySettings;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes the built-in plugins of a server, for {@link io.apiserver4j.admission.PluginOrder#chain}. */
public final class BuiltinPlugins {
    private BuiltinPlugins() {}

    /**
     * All plugins by name, whether they are on by default or not.
     *
     * @param stores where plugins read objects
     * @param catalog says where those are kept
     * @param random where generated names come from
     * @param notReadySeconds how long pods tolerate nodes that are not ready, where they don't say
     * @param unreachableSeconds how long pods tolerate nodes that are not reachable, where they don't say
     */
    public static Map<String, Object> all(
            Stores stores, LiveCatalog catalog, RandomGenerator random, long notReadySeconds, long unreachableSeconds) {
        LiveObjects objects = new LiveObjects(stores, catalog);
        Map<String, Object> plugins = new LinkedHashMap<>();
        plugins.put(NamespaceLifecycle.NAME, new NamespaceLifecycle(objects));
        plugins.put(ServiceAccounts.NAME, new ServiceAccounts(objects, random));
        plugins.put(TaintNodesByCondition.NAME, new TaintNodesByCondition());
        plugins.put(Priority.NAME, new Priority(objects));
        plugins.put(DefaultTolerationSeconds.NAME, new DefaultTolerationSeconds(notReadySeconds, unreachableSeconds));
        plugins.put(StorageObjectInUseProtection.NAME, new StorageObjectInUseProtection());
        plugins.put(LimitRanger.NAME, new LimitRanger(objects));
        plugins.put(DefaultStorageClass.NAME, new DefaultStorageClass(objects));
        plugins.put(PersistentVolumeClaimResize.NAME, new PersistentVolumeClaimResize(objects));
        plugins.put(RuntimeClass.NAME, new RuntimeClass(objects));
        plugins.put(PodSecurity.NAME, new PodSecurity(objects, PodSecuritySettings.NONE));
        plugins.put(DefaultIngressClass.NAME, new DefaultIngressClass(objects));
        return plugins;
    }
}
