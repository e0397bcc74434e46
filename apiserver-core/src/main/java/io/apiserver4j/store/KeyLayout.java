// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.resource.ResourceDefinition;

/** Where objects live in the store: the keys that kube-apiserver uses. */
final class KeyLayout {
    private KeyLayout() {}

    /** The key of one object. */
    static String key(ResourceDefinition definition, String namespace, String name) {
        String prefix = definition.storage().prefix();
        return definition.namespaced() ? prefix + "/" + namespace + "/" + name : prefix + "/" + name;
    }

    /** The prefix of all objects, or of those of one namespace; ends with a slash. */
    static String prefix(ResourceDefinition definition, String namespace) {
        String prefix = definition.storage().prefix();
        return namespace.isEmpty() || !definition.namespaced() ? prefix + "/" : prefix + "/" + namespace + "/";
    }
}
