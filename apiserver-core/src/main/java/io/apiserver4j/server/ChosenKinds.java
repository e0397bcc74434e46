// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.ServedApis;
import java.util.ArrayList;
import java.util.List;

/** What an embedder chose to serve: built-in kinds that are left, and kinds of its own. Not safe for use by several threads. */
final class ChosenKinds {
    private ServedApis builtIn = ServedApis.all();
    private final List<ResourceDefinition> own = new ArrayList<>();

    void choose(ServedApis apis) {
        builtIn = apis;
    }

    void add(ResourceDefinition definition) {
        own.add(definition);
    }

    /** All definitions, the built-in ones first. */
    List<ResourceDefinition> with(List<ResourceDefinition> all) {
        List<ResourceDefinition> left = builtIn.of(all);
        if (own.isEmpty()) {
            return left;
        }
        List<ResourceDefinition> out = new ArrayList<>(left);
        out.addAll(own);
        return out;
    }
}
