// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import java.util.Map;

/**
 * Where groups stand in lists of them, which is where clients look first for a name that several groups have. The
 * numbers are those of the APIService objects that the real server makes for itself.
 */
public final class GroupPriorities {
    /** Of groups that custom resource definitions bring. */
    public static final int CUSTOM = 1000;

    private static final Map<String, Integer> BUILT_IN = Map.ofEntries(
            Map.entry("", 18000),
            Map.entry("apiregistration.k8s.io", 18000),
            Map.entry("apps", 17800),
            Map.entry("events.k8s.io", 17750),
            Map.entry("authentication.k8s.io", 17700),
            Map.entry("authorization.k8s.io", 17600),
            Map.entry("autoscaling", 17500),
            Map.entry("batch", 17400),
            Map.entry("certificates.k8s.io", 17300),
            Map.entry("networking.k8s.io", 17200),
            Map.entry("policy", 17100),
            Map.entry("rbac.authorization.k8s.io", 17000),
            Map.entry("storage.k8s.io", 16800),
            Map.entry("admissionregistration.k8s.io", 16700),
            Map.entry("apiextensions.k8s.io", 16700),
            Map.entry("scheduling.k8s.io", 16600),
            Map.entry("coordination.k8s.io", 16500),
            Map.entry("node.k8s.io", 16300),
            Map.entry("discovery.k8s.io", 16200),
            Map.entry("resource.k8s.io", 16200),
            Map.entry("flowcontrol.apiserver.k8s.io", 16100),
            Map.entry("storagemigration.k8s.io", 15800));

    private GroupPriorities() {}

    /** The number of a group that is served here. */
    public static int of(String group) {
        return BUILT_IN.getOrDefault(group, CUSTOM);
    }
}
