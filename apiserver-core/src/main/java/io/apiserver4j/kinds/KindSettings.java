// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.authz.rbac.EscalationCheck;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.store.ObjectStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What rules may know of the server they are made for.
 *
 * @param serviceRanges where cluster IPs come from, the range of the primary family first; one or two
 * @param firstNodePort the first port that services may take on nodes
 * @param lastNodePort the last one
 * @param objects the objects of a resource ({@code services}, {@code ipaddresses.networking.k8s.io}); to be asked when
 *     a write is served, not when rules are made
 * @param random where choices among equals come from
 * @param sharedStore whether other servers may write to the same store
 * @param escalation keeps writers of roles from giving more than they hold; null where all may
 */
public record KindSettings(
        List<Cidr> serviceRanges,
        int firstNodePort,
        int lastNodePort,
        Function<String, ObjectStore> objects,
        RandomGenerator random,
        boolean sharedStore,
        Supplier<@Nullable EscalationCheck> escalation) {
    /** The defaults of kube-apiserver, for rules that read no other objects. */
    public static final KindSettings STANDARD = of(List.of("10.0.0.0/24"), 30000, 32767, resource -> {
        throw new IllegalStateException("no store of " + resource);
    });

    /** Settings with ranges as flags have them; fails with IllegalArgumentException where one is no network. */
    public static KindSettings of(
            List<String> serviceRanges, int firstNodePort, int lastNodePort, Function<String, ObjectStore> objects) {
        return new KindSettings(
                serviceRanges.stream().map(KindSettings::network).toList(),
                firstNodePort,
                lastNodePort,
                objects,
                RandomGenerator.getDefault(),
                false,
                () -> null);
    }

    /** These settings with a check that nobody gives more than they hold, which is asked for when a role is written. */
    public KindSettings withEscalation(Supplier<@Nullable EscalationCheck> check) {
        return new KindSettings(serviceRanges, firstNodePort, lastNodePort, objects, random, sharedStore, check);
    }

    /** These settings for a server whose store others may write to, or not. */
    public KindSettings withSharedStore(boolean shared) {
        return new KindSettings(serviceRanges, firstNodePort, lastNodePort, objects, random, shared, escalation);
    }

    private static Cidr network(String text) {
        Cidr network = Cidr.parse(text);
        if (network == null) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        return network;
    }
}
