// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import java.util.List;
import java.util.Map;

/**
 * A quota as its status tells it.
 *
 * @param hard what may be used, by name
 * @param used what is used, by name
 */
record Quota(
        ObjectValue tree, String name, List<Scope> scopes, Map<String, Quantity> hard, Map<String, Quantity> used) {
    static Quota of(StoredObject stored) {
        return of(stored.tree());
    }

    static Quota of(ObjectValue tree) {
        ObjectValue status = tree.objectOrEmpty("status");
        return new Quota(
                tree,
                ObjectMeta.of(tree).name(),
                Scope.of(tree.objectOrEmpty("spec")),
                PodResources.amounts(status.objectOrEmpty("hard")),
                PodResources.amounts(status.objectOrEmpty("used")));
    }

    Quota withUsed(Map<String, Quantity> changed) {
        return new Quota(tree, name, scopes, hard, changed);
    }

    /** The object as it is to be written. */
    ObjectValue changed() {
        return tree.withAt(Amounts.object(used), "status", "used");
    }

    boolean counts(Usage usage, ObjectValue object) {
        return !usage.matching(hard.keySet()).isEmpty() && scopes.stream().allMatch(scope -> usage.isIn(scope, object));
    }
}
