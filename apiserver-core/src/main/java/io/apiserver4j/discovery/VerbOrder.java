// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ArrayValue;
import java.util.List;
import java.util.Set;

/** The order in which verbs are listed, which clients may see and which differs between built-in and custom kinds. */
final class VerbOrder {
    private static final List<Verb> CUSTOM = List.of(
            Verb.DELETE, Verb.DELETECOLLECTION, Verb.GET, Verb.LIST, Verb.PATCH, Verb.CREATE, Verb.UPDATE, Verb.WATCH);

    private VerbOrder() {}

    /** The verbs of the main resource. */
    static ArrayValue of(ResourceDefinition definition) {
        return definition.custom()
                ? ArrayValue.ofStrings(CUSTOM.stream()
                        .filter(definition.verbs()::contains)
                        .map(Verb::word)
                        .toList())
                : sorted(definition.verbs());
    }

    /** Verbs by alphabet. */
    static ArrayValue sorted(Set<Verb> verbs) {
        return ArrayValue.ofStrings(verbs.stream().map(Verb::word).sorted().toList());
    }
}
