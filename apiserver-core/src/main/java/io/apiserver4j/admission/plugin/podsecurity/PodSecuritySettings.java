// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import java.util.Set;

/**
 * What the plugin is told beyond the labels of namespaces.
 *
 * @param defaults what counts where a namespace has no labels
 * @param users whose requests are not looked at
 * @param namespaces in which requests are not looked at
 * @param runtimeClasses whose pods are not looked at
 */
public record PodSecuritySettings(
        Policy defaults, Set<String> users, Set<String> namespaces, Set<String> runtimeClasses) {
    /** Forbids nothing by default, exempts nothing. */
    public static final PodSecuritySettings NONE =
            new PodSecuritySettings(Policy.PRIVILEGED, Set.of(), Set.of(), Set.of());

    public PodSecuritySettings {
        users = Set.copyOf(users);
        namespaces = Set.copyOf(namespaces);
        runtimeClasses = Set.copyOf(runtimeClasses);
    }
}
