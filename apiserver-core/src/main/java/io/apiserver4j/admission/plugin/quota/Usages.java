// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the objects of each resource count. */
final class Usages {
    /** Never kept, or never counted. */
    private static final Set<String> IGNORED = Set.of(
            "bindings",
            "componentstatuses",
            "tokenreviews.authentication.k8s.io",
            "selfsubjectreviews.authentication.k8s.io",
            "subjectaccessreviews.authorization.k8s.io",
            "selfsubjectaccessreviews.authorization.k8s.io",
            "localsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectrulesreviews.authorization.k8s.io",
            "events",
            "events.events.k8s.io");
    /** Those that are counted by their plain name, too. */
    private static final Set<String> NAMED =
            Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

    private final Map<String, Usage> special;

    Usages(InstantSource clock) {
        special = Map.of(
                "pods", new PodUsage(clock),
                "services", new ServiceUsage(),
                "persistentvolumeclaims", new VolumeClaimUsage(),
                "resourceclaims.resource.k8s.io", new DeviceClaimUsage());
    }

    /** What objects of a resource count; null where they are not counted. */
    @Nullable
    Usage of(String groupResource) {
        Usage known = special.get(groupResource);
        if (known != null) {
            return known;
        }
        if (IGNORED.contains(groupResource)) {
            return null;
        }
        String count = ObjectCount.nameOf(groupResource);
        return new ObjectCount(NAMED.contains(groupResource) ? List.of(groupResource, count) : List.of(count));
    }
}
