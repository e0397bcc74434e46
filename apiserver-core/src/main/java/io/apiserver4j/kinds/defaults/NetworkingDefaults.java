// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** The group networking.k8s.io. */
final class NetworkingDefaults {
    private NetworkingDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/networking/v1.NetworkPolicy", policy -> Fill.in(policy, "spec", NetworkingDefaults::policyTypes));
    }

    /** A policy is always about what comes in, and about what goes out where it has rules for that. */
    private static ObjectValue policyTypes(ObjectValue spec) {
        boolean goesOut = !spec.arrayOrEmpty("egress").isEmpty();
        Value in = Value.of("Ingress");
        return Fill.absent(spec, "policyTypes", goesOut ? ArrayValue.of(in, Value.of("Egress")) : ArrayValue.of(in));
    }
}
