// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ArrayValue;

/**
 * What PodTolerationRestriction is told.
 *
 * @param byDefault the tolerations of pods in namespaces that name none
 * @param whitelist what pods may tolerate in namespaces that name nothing; all where it is empty
 */
public record TolerationRules(ArrayValue byDefault, ArrayValue whitelist) {
    /** Nothing. */
    public static final TolerationRules NONE = new TolerationRules(ArrayValue.EMPTY, ArrayValue.EMPTY);
}
