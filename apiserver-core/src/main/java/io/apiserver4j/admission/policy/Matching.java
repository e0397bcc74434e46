// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.match.MatchCriteria;
import io.apiserver4j.admission.match.Matched;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** Whether policies and bindings want a request; what is wrong with them comes as {@link ConfigurationException}. */
final class Matching {
    private static final Kind NAMESPACE = new Kind("", "v1", "Namespace");

    private final RequestMatcher matcher;

    Matching(RequestMatcher matcher) {
        this.matcher = matcher;
    }

    /** As what a policy sees a request, or null where it does not want it. */
    @Nullable
    Matched matched(PolicyHeader policy, AdmissionRequest request) {
        MatchCriteria wants = policy.wants();
        if (wants == null) {
            throw new ConfigurationException("policy contained no match constraints, a required field");
        }
        return match(wants, request);
    }

    /** True where a binding wants a request that its policy wants. */
    boolean wants(Binding binding, AdmissionRequest request) {
        MatchCriteria wants = binding.wants();
        return wants == null || match(wants, request) != null;
    }

    private @Nullable Matched match(MatchCriteria wants, AdmissionRequest request) {
        try {
            return matcher.match(wants, request);
        } catch (ApiException e) {
            throw new ConfigurationException(e.status().message());
        }
    }

    /** The namespace that a request is in; null for cluster-wide objects and for namespaces themselves. */
    @Nullable
    ObjectValue namespace(AdmissionRequest request) {
        String name = request.seenNamespace();
        return name.isEmpty() || request.kind().equals(NAMESPACE)
                ? null
                : matcher.namespaces().object(name);
    }
}
