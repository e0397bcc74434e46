// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.match.MatchCriteria;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * What all policies have, whatever they do.
 *
 * @param wants the requests it is about; null where it does not say, which is an error of its configuration
 * @param ignoresErrors true where errors of the policy itself let requests through
 * @param paramKind of what kind its parameters are, or null
 * @param spec the whole, for what is compiled later
 */
record PolicyHeader(
        String name,
        @Nullable MatchCriteria wants,
        boolean ignoresErrors,
        @Nullable Kind paramKind,
        ObjectValue spec) {
    static PolicyHeader of(ObjectValue policy) {
        ObjectValue spec = policy.objectOrEmpty("spec");
        ObjectValue constraints = spec.getObject("matchConstraints");
        ObjectValue kind = spec.getObject("paramKind");
        return new PolicyHeader(
                ObjectMeta.of(policy).name(),
                constraints == null ? null : MatchCriteria.ofMatchResources(constraints),
                spec.stringOrEmpty("failurePolicy").equals("Ignore"),
                kind == null
                        ? null
                        : GroupVersion.parse(kind.stringOrEmpty("apiVersion")).kind(kind.stringOrEmpty("kind")),
                spec);
    }
}
