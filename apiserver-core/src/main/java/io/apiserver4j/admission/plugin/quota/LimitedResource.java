// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import java.util.List;

/**
 * Something that may be used only where a quota covers it.
 *
 * @param groupResource the resource of the objects that use it
 * @param matchContains parts of the names of what is meant
 * @param matchScopes scopes that must be covered
 */
public record LimitedResource(String groupResource, List<String> matchContains, List<Scoped> matchScopes) {
    public LimitedResource {
        matchContains = List.copyOf(matchContains);
        matchScopes = List.copyOf(matchScopes);
    }

    /**
     * A scope that must be covered.
     *
     * @param operator Exists, DoesNotExist, In or NotIn
     */
    public record Scoped(String scope, String operator, List<String> values) {
        public Scoped {
            values = List.copyOf(values);
        }
    }
}
