// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.List;

/** What a URL names: an object or collection of a resource, or a plain path. */
public sealed interface Target {
    /** The verb in the words of authorization. */
    Verb verb();

    /** The path with escapes undone. */
    String path();

    /**
     * A resource path.
     *
     * @param group the API group, empty for the core
     * @param namespace the namespace, empty where the path has none
     * @param name the object's name, empty for a collection
     * @param subresource the part behind the name, empty where there is none
     * @param rest further parts (of proxy paths)
     * @param watchPath true for the old form {@code /watch/…}
     */
    record OfResource(
            Verb verb,
            String path,
            String group,
            String version,
            String resource,
            String subresource,
            String namespace,
            String name,
            List<String> rest,
            boolean watchPath)
            implements Target {}

    /** Any other path. */
    record OfPath(Verb verb, String path) implements Target {}
}
