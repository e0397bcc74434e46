// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The rules of all built-in kinds, by the type they are for ({@code api/core/v1.Service}), to be given to
 * {@link io.apiserver4j.schema.Defaulter}. They are those of Kubernetes' defaulting functions that are no constants
 * (pkg/apis/GROUP/VERSION/defaults.go), and the part of its conversions from a version to itself that clients see
 * (conversion.go beside it). Feature gates stand as Kubernetes ships them.
 */
public final class DefaultRules {
    private DefaultRules() {}

    /** All rules, with the system's clock. */
    public static Map<String, DefaultRule> all() {
        return all(InstantSource.system());
    }

    /** All rules; the clock tells the time of what is dated when it is first seen (device taints). */
    public static Map<String, DefaultRule> all(InstantSource clock) {
        Map<String, DefaultRule> all = new HashMap<>();
        all.putAll(CoreDefaults.rules());
        all.putAll(PodDefaults.rules());
        all.putAll(AppsDefaults.rules());
        all.putAll(BatchDefaults.rules());
        all.putAll(AutoscalingDefaults.rules());
        all.putAll(NetworkingDefaults.rules());
        all.putAll(RbacDefaults.rules());
        all.putAll(ResourceDefaults.rules(clock));
        all.putAll(ExtensionDefaults.rules());
        QuantityRounding.FIELDS.forEach((type, fields) -> all.merge(
                type, QuantityRounding.of(fields), (own, rounding) -> object -> rounding.apply(own.apply(object))));
        return Map.copyOf(all);
    }
}
