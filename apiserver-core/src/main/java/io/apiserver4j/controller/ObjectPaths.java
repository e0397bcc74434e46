// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.resource.ResourceDefinition;

/** URLs of objects and collections. */
public final class ObjectPaths {
    private ObjectPaths() {}

    /** The path of a collection; the namespace is left out where it is empty. */
    public static String collection(ResourceDefinition definition, String namespace) {
        String version = definition.versions().get(0).version();
        String root = definition.group().isEmpty() ? "/api/" + version : "/apis/" + definition.group() + "/" + version;
        return namespace.isEmpty() || !definition.namespaced()
                ? root + "/" + definition.plural()
                : root + "/namespaces/" + namespace + "/" + definition.plural();
    }

    /** The path of an object. */
    public static String object(ResourceDefinition definition, String namespace, String name) {
        return collection(definition, namespace) + "/" + name;
    }
}
