// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** The two priority classes that every server has. */
public final class PriorityClasses {
    private static final String COLLECTION = "/apis/scheduling.k8s.io/v1/priorityclasses";

    private PriorityClasses() {}

    /** Makes those that are missing. */
    public static void ensure(LocalClient client) {
        ensure(
                client,
                "system-node-critical",
                2_000_001_000,
                "Used for system critical pods that must not be moved from their current node.");
        ensure(
                client,
                "system-cluster-critical",
                2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if"
                        + " necessary.");
    }

    private static void ensure(LocalClient client, String name, long value, String description) {
        if (client.get(COLLECTION + "/" + name) == null) {
            client.create(
                    COLLECTION,
                    ObjectValue.builder()
                            .put("metadata", ObjectValue.of("name", Value.of(name)))
                            .put("value", value)
                            .put("description", description)
                            .build());
        }
    }
}
