// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.kinds.core.ServiceRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rules of kinds by resource ({@code deployments.apps}, {@code pods}). A kind without an entry has no rules beyond its
 * facts. Rules are made when a server is made, so they may keep state of that server.
 */
final class Strategies {
    private Strategies() {}

    /** All rules for a server with these settings, not made yet. */
    static Map<String, Supplier<KindRules>> rules(KindSettings settings) {
        Map<String, Supplier<KindRules>> rules = new HashMap<>();
        rules.put("services", () -> new ServiceRules(settings));
        return rules;
    }
}
