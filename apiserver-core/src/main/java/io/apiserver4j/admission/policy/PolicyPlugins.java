// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.ChangedObjects;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import java.util.Map;

/** Makes the two plugins of policies. */
public final class PolicyPlugins {
    private PolicyPlugins() {}

    /**
     * Both by name, for {@link io.apiserver4j.admission.PluginOrder#chain}.
     *
     * @param matcher says which requests policies want
     * @param objects reads objects that policies changed
     * @param authorizer is asked by expressions what callers may do
     */
    public static Map<String, Object> all(
            Stores stores, LiveCatalog catalog, RequestMatcher matcher, ChangedObjects objects, Authorizer authorizer) {
        Matching matching = new Matching(matcher);
        Params params = new Params(stores, catalog);
        Hooks<ValidatingPolicy> validating = new Hooks<>(
                stores,
                catalog,
                "validatingadmissionpolicies",
                "validatingadmissionpolicybindings",
                ValidatingPolicy::compile);
        Hooks<MutatingPolicy> mutating = new Hooks<>(
                stores,
                catalog,
                "mutatingadmissionpolicies",
                "mutatingadmissionpolicybindings",
                MutatingPolicy::compile);
        return Map.of(
                MutatingPolicies.NAME,
                new MutatingPolicies(mutating, matching, params, new Mutator(objects), authorizer),
                ValidatingPolicies.NAME,
                new ValidatingPolicies(validating, matching, params, authorizer));
    }
}
