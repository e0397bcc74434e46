// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import java.util.Map;

/**
 * What PodNodeSelector is told.
 *
 * @param byDefault the selector of namespaces that name none, {@code a=b,c=d}; may be empty
 * @param allowed the selectors that a namespace's pods may use, by namespace; all where a namespace has none
 */
public record NodeSelectors(String byDefault, Map<String, String> allowed) {
    /** Nothing. */
    public static final NodeSelectors NONE = new NodeSelectors("", Map.of());

    public NodeSelectors {
        allowed = Map.copyOf(allowed);
    }
}
