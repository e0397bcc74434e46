// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.match.MatchCriteria;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a policy to use (a ValidatingAdmissionPolicyBinding or MutatingAdmissionPolicyBinding).
 *
 * @param wants what it narrows the policy down to; null for all
 * @param params where the parameters are; null for none
 * @param actions what is done about what a validation finds
 */
record Binding(
        String name,
        String policy,
        @Nullable MatchCriteria wants,
        @Nullable ParamRef params,
        List<String> actions) {
    static Binding of(ObjectValue binding) {
        ObjectValue spec = binding.objectOrEmpty("spec");
        ObjectValue resources = spec.getObject("matchResources");
        ObjectValue reference = spec.getObject("paramRef");
        return new Binding(
                ObjectMeta.of(binding).name(),
                spec.stringOrEmpty("policyName"),
                resources == null ? null : MatchCriteria.ofMatchResources(resources),
                reference == null ? null : ParamRef.of(reference),
                spec.arrayOrEmpty("validationActions").strings());
    }
}
