// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what a namespace uses anew, as the controller of quotas does. Safe for use by several threads. */
public final class QuotaUsage {
    private final Stores stores;
    private final LiveCatalog catalog;
    private final Usages usages;

    /** Counts in these stores. */
    public QuotaUsage(Stores stores, LiveCatalog catalog, InstantSource clock) {
        this.stores = stores;
        this.catalog = catalog;
        usages = new Usages(clock);
    }

    /** The resources whose objects a quota counts. */
    public List<ResourceDefinition> counted(ObjectValue quota) {
        Set<String> hard = hard(quota).keySet();
        List<ResourceDefinition> out = new ArrayList<>();
        for (ResourceDefinition definition : catalog.current().definitions()) {
            Usage usage = definition.namespaced() ? usages.of(definition.groupResource()) : null;
            if (usage != null && !usage.matching(hard).isEmpty()) {
                out.add(definition);
            }
        }
        return out;
    }

    private static Map<String, Quantity> hard(ObjectValue quota) {
        return PodResources.amounts(quota.objectAt("spec", "hard"));
    }

    /** The quota with its status as it should be; the same one where it is. */
    public ObjectValue counted(ObjectValue quota, String namespace) {
        Map<String, Quantity> hard = hard(quota);
        Quota known = Quota.of(quota);
        List<Scope> scopes = known.scopes();
        Map<String, Quantity> used = new TreeMap<>(known.used());
        Map<String, Quantity> fresh = new TreeMap<>();
        for (ResourceDefinition definition : counted(quota)) {
            Usage usage = usages.of(definition.groupResource());
            if (usage == null) {
                continue;
            }
            Map<String, Quantity> sum = new TreeMap<>();
            List<String> names = usage.matching(hard.keySet());
            names.forEach(name -> sum.put(name, Quantity.ZERO));
            for (StoredObject stored : stores.of(definition).known(namespace)) {
                ObjectValue object = usage instanceof ObjectCount ? ObjectValue.EMPTY : stored.tree();
                if (scopes.stream().allMatch(scope -> usage.isIn(scope, object))) {
                    PodResources.add(sum, Amounts.only(usage.of(object), names));
                }
            }
            PodResources.add(fresh, sum);
        }
        used.putAll(fresh);
        used.keySet().retainAll(hard.keySet());
        if (Amounts.same(hard, known.hard()) && Amounts.same(used, known.used()) && hasStatus(quota)) {
            return quota;
        }
        ObjectValue status = ObjectValue.of("hard", Amounts.object(hard), "used", Amounts.object(used));
        return quota.with("status", status);
    }

    private static boolean hasStatus(ObjectValue quota) {
        ObjectValue status = quota.objectOrEmpty("status");
        return status.has("hard") && status.has("used");
    }

    /** True where a counted quota uses less of something than another state of it. */
    public static boolean isLess(ObjectValue counted, ObjectValue other) {
        Map<String, Quantity> before = Quota.of(other).used();
        return Quota.of(counted).used().entrySet().stream().anyMatch(one -> {
            Quantity amount = before.get(one.getKey());
            return amount != null && one.getValue().compareTo(amount) < 0;
        });
    }
}
