// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a policy's parameter kind are its parameters.
 *
 * @param name of the one; empty where a selector says which
 * @param namespace of namespaced ones; empty for the request's
 * @param deniesWithout true where it is an error that there are none
 */
record ParamRef(String name, String namespace, @Nullable ObjectValue selector, boolean deniesWithout) {
    static ParamRef of(ObjectValue reference) {
        return new ParamRef(
                reference.stringOrEmpty("name"),
                reference.stringOrEmpty("namespace"),
                reference.getObject("selector"),
                reference.stringOrEmpty("parameterNotFoundAction").equals("Deny"));
    }
}
