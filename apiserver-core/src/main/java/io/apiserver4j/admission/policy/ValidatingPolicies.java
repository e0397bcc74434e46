// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.admission.expression.CachedAuthorizer;
import io.apiserver4j.admission.expression.RequestVariables;
import io.apiserver4j.admission.match.Matched;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.authz.Authorizer;
import java.util.ArrayList;
import java.util.List;

/** Refuses, warns of and records what ValidatingAdmissionPolicies find. */
final class ValidatingPolicies implements ValidatingPlugin {
    static final String NAME = "ValidatingAdmissionPolicy";

    private final Hooks<ValidatingPolicy> hooks;
    private final Matching matching;
    private final Params params;
    private final Authorizer authorizer;

    ValidatingPolicies(Hooks<ValidatingPolicy> hooks, Matching matching, Params params, Authorizer authorizer) {
        this.hooks = hooks;
        this.matching = matching;
        this.params = params;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (RequestMatcher.isExempt(request)) {
            return;
        }
        List<Hooks.Hook<ValidatingPolicy>> all = hooks.current();
        if (!all.isEmpty()) {
            new Run(request).run(all);
        }
    }

    /** One request's way through the policies. */
    private final class Run {
        private final AdmissionRequest request;
        private final CachedAuthorizer asked;
        private final Findings findings;

        Run(AdmissionRequest request) {
            this.request = request;
            asked = new CachedAuthorizer(authorizer, request.identity());
            findings = new Findings(request);
        }

        void run(List<Hooks.Hook<ValidatingPolicy>> all) {
            for (Hooks.Hook<ValidatingPolicy> hook : all) {
                PolicyHeader policy = hook.policy().header();
                Matched matched;
                try {
                    matched = matching.matched(policy, request);
                    if (matched == null) {
                        continue;
                    }
                    params.checkKind(policy.paramKind());
                } catch (ConfigurationException e) {
                    findings.broken(policy, null, e);
                    continue;
                }
                List<ValidatingPolicy.Fact> facts = new ArrayList<>(0);
                for (Binding binding : hook.bindings()) {
                    bound(hook.policy(), matched, binding, facts);
                }
                findings.record(policy, facts);
            }
            findings.end();
        }

        private void bound(
                Hooks.Policy<ValidatingPolicy> policy,
                Matched matched,
                Binding binding,
                List<ValidatingPolicy.Fact> facts) {
            List<Params.Param> found;
            try {
                if (!matching.wants(binding, request)) {
                    return;
                }
                found = params.collect(policy.header().paramKind(), binding.params(), request.seenNamespace());
            } catch (ConfigurationException e) {
                findings.broken(policy.header(), binding, e);
                return;
            }
            if (found.isEmpty()) {
                return;
            }
            AdmissionRequest seen = matched.view(request);
            RequestVariables conditions = new RequestVariables(request, seen, request.resource()).withAuthorizer(asked);
            RequestVariables rules = new RequestVariables(request, seen, matched.resource())
                    .withNamespace(matching.namespace(request))
                    .withAuthorizer(asked);
            for (Params.Param param : found) {
                ValidatingPolicy.Verdict verdict = policy.compiled()
                        .evaluate(conditions.withParams(param.object()), rules.withParams(param.object()));
                findings.add(policy.header(), binding, verdict);
                facts.addAll(verdict.facts());
            }
        }
    }
}
