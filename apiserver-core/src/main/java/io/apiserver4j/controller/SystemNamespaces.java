// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** The namespaces that every server has. */
public final class SystemNamespaces {
    private static final List<String> NAMES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private SystemNamespaces() {}

    /** Makes those that are missing. */
    public static void ensure(LocalClient client) {
        for (String name : NAMES) {
            if (client.get("/api/v1/namespaces/" + name) == null) {
                client.create("/api/v1/namespaces", ObjectValue.of("metadata", ObjectValue.of("name", Value.of(name))));
            }
        }
    }
}
