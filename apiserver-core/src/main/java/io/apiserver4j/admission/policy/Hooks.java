// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.match.LiveConfigurations;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a kind that have bindings, by name; with their bindings, by name. As current as {@link
 * LiveConfigurations} are.
 *
 * @param <P> a compiled policy
 */
final class Hooks<P> implements AutoCloseable {
    private static final String GROUP = ".admissionregistration.k8s.io";

    private final LiveConfigurations<Policy<P>> policies;
    private final LiveConfigurations<Binding> bindings;
    private volatile @Nullable Pairing<P> known;

    /** A policy whose expressions are compiled when it is first wanted. */
    static final class Policy<P> {
        private final PolicyHeader header;
        private final Function<PolicyHeader, P> compiler;
        private volatile @Nullable P compiled;

        Policy(PolicyHeader header, Function<PolicyHeader, P> compiler) {
            this.header = header;
            this.compiler = compiler;
        }

        PolicyHeader header() {
            return header;
        }

        P compiled() {
            P known = compiled;
            return known == null ? compile() : known;
        }

        private synchronized P compile() {
            P known = compiled;
            if (known == null) {
                known = compiler.apply(header);
                compiled = known;
            }
            return known;
        }
    }

    /** A policy and what puts it to use. */
    record Hook<P>(Policy<P> policy, List<Binding> bindings) {}

    /** Hooks, and the lists that they were made of. */
    private record Pairing<P>(List<Policy<P>> policies, List<Binding> bindings, List<Hook<P>> hooks) {}

    /**
     * The hooks of a kind of policies.
     *
     * @param plural {@code validatingadmissionpolicies} or the like
     * @param bindingsPlural the same of their bindings
     */
    Hooks(
            Stores stores,
            LiveCatalog catalog,
            String plural,
            String bindingsPlural,
            Function<PolicyHeader, P> compiler) {
        Function<ObjectValue, Policy<P>> reader = policy -> new Policy<>(PolicyHeader.of(policy), compiler);
        policies = new LiveConfigurations<>(stores, catalog, plural + GROUP, reader);
        bindings = new LiveConfigurations<>(stores, catalog, bindingsPlural + GROUP, Binding::of);
    }

    /** All hooks; the same list as long as nothing changes. */
    List<Hook<P>> current() {
        List<Policy<P>> policiesNow = policies.current();
        if (policiesNow.isEmpty()) {
            return List.of();
        }
        List<Binding> bindingsNow = bindings.current();
        Pairing<P> pairing = known;
        if (pairing == null || pairing.policies() != policiesNow || pairing.bindings() != bindingsNow) {
            pairing = new Pairing<>(policiesNow, bindingsNow, pair(policiesNow, bindingsNow));
            known = pairing;
        }
        return pairing.hooks();
    }

    private static <P> List<Hook<P>> pair(List<Policy<P>> policies, List<Binding> bindings) {
        Map<String, List<Binding>> byPolicy = new HashMap<>();
        for (Binding binding : bindings) {
            byPolicy.computeIfAbsent(binding.policy(), name -> new ArrayList<>())
                    .add(binding);
        }
        List<Hook<P>> out = new ArrayList<>();
        for (Policy<P> policy : policies) {
            List<Binding> own = byPolicy.get(policy.header().name());
            if (own != null) {
                out.add(new Hook<>(policy, List.copyOf(own)));
            }
        }
        return List.copyOf(out);
    }

    @Override
    public void close() {
        policies.close();
        bindings.close();
    }
}
