// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.resource.ResourceDefinition;

/**
 * Where the objects of a resource live in the store: the keys that kube-apiserver uses.
 *
 * @param prefix the prefix of all of them, without trailing slash
 */
record KeyLayout(String prefix, boolean namespaced) {
    /** What the prefixes of definitions begin with. */
    private static final String STANDARD_ROOT = "/registry";

    /** The layout of a definition, with {@code root} in the place of {@code /registry}. */
    static KeyLayout of(ResourceDefinition definition, String root) {
        String prefix = definition.storage().prefix();
        return new KeyLayout(
                root.equals(STANDARD_ROOT) ? prefix : root + prefix.substring(STANDARD_ROOT.length()),
                definition.namespaced());
    }

    /** The key of one object. */
    String key(String namespace, String name) {
        return namespaced ? prefix + "/" + namespace + "/" + name : prefix + "/" + name;
    }

    /** The prefix of all objects, or of those of one namespace; ends with a slash. */
    String prefix(String namespace) {
        return namespace.isEmpty() || !namespaced ? prefix + "/" : prefix + "/" + namespace + "/";
    }
}
