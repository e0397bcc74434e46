// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.expression.CachedAuthorizer;
import io.apiserver4j.admission.expression.MatchConditions;
import io.apiserver4j.admission.expression.OutOfBudgetException;
import io.apiserver4j.admission.expression.RequestVariables;
import io.apiserver4j.admission.match.Matched;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes objects as MutatingAdmissionPolicies say, in the order of the policies' names. Which ones want the request is found
 * out before the first change; those that ask for it see later changes in the second round.
 */
final class MutatingPolicies implements MutatingPlugin {
    static final String NAME = "MutatingAdmissionPolicy";

    private final Hooks<MutatingPolicy> hooks;
    private final Matching matching;
    private final Params params;
    private final Mutator mutator;
    private final Authorizer authorizer;

    MutatingPolicies(
            Hooks<MutatingPolicy> hooks, Matching matching, Params params, Mutator mutator, Authorizer authorizer) {
        this.hooks = hooks;
        this.matching = matching;
        this.params = params;
        this.mutator = mutator;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        return Objects.requireNonNull(mutateUnkept(request));
    }

    @Override
    public @Nullable ObjectValue mutateUnkept(AdmissionRequest request) {
        if (request.operation() == AdmissionRequest.Operation.DELETE || RequestMatcher.isExempt(request)) {
            return request.object();
        }
        List<Hooks.Hook<MutatingPolicy>> all = hooks.current();
        return all.isEmpty() ? request.object() : new Run(request).run(all);
    }

    /** A policy that wants the request, with one parameter. */
    private record Invocation(
            Hooks.Policy<MutatingPolicy> policy, Binding binding, Matched matched, Params.Param param) {
        Invoked.Key key() {
            return new Invoked.Key(policy.header().name(), binding.name(), param.namespace(), param.name());
        }
    }

    /** One request's way through the policies, in one round. */
    private final class Run {
        private final AdmissionRequest request;
        private final PolicyErrors errors = new PolicyErrors();
        private final CachedAuthorizer asked;
        private final Invoked invoked;
        private AdmissionRequest current;
        private @Nullable ObjectValue namespace;
        private boolean touched;

        Run(AdmissionRequest request) {
            this.request = request;
            current = request;
            asked = new CachedAuthorizer(authorizer, request.identity());
            invoked = request.passage().memory(MutatingPolicies.this, Invoked::new);
        }

        @Nullable
        ObjectValue run(List<Hooks.Hook<MutatingPolicy>> all) {
            List<Invocation> invocations = new ArrayList<>();
            for (Hooks.Hook<MutatingPolicy> hook : all) {
                collect(hook, invocations);
            }
            if (!invocations.isEmpty()) {
                invoke(invocations);
            }
            errors.end(request);
            return current.object();
        }

        private void collect(Hooks.Hook<MutatingPolicy> hook, List<Invocation> invocations) {
            PolicyHeader policy = hook.policy().header();
            Matched matched;
            try {
                matched = matching.matched(policy, request);
                if (matched == null) {
                    return;
                }
                params.checkKind(policy.paramKind());
            } catch (ConfigurationException e) {
                errors.configuration(policy, null, e);
                return;
            }
            for (Binding binding : hook.bindings()) {
                try {
                    if (matching.wants(binding, request)) {
                        params.collect(policy.paramKind(), binding.params(), request.seenNamespace())
                                .forEach(param ->
                                        invocations.add(new Invocation(hook.policy(), binding, matched, param)));
                    }
                } catch (ConfigurationException e) {
                    errors.configuration(policy, binding, e);
                }
            }
        }

        private void invoke(List<Invocation> invocations) {
            if (request.passage().isSecondRound() && invoked.isChanged(request.object())) {
                invoked.requireAgain(); // other plugins changed something in their second round
            }
            try {
                namespace = matching.namespace(request);
                invocations.forEach(this::invoke);
                if (touched) {
                    invoked.requireAgain();
                    request.passage().askAgain();
                }
            } finally {
                invoked.keepOutput(current.object());
            }
        }

        private void invoke(Invocation invocation) {
            PolicyHeader header = invocation.policy().header();
            MutatingPolicy policy = invocation.policy().compiled();
            if (!policy.conditions().isEmpty()) {
                RequestVariables variables =
                        variables(invocation, invocation.matched().view(current), true);
                MatchConditions.Outcome outcome =
                        policy.conditions().evaluate(variables, policy.composition(), policy.ignoresErrors());
                if (outcome.error() != null) {
                    errors.evaluation(header, invocation.binding(), outcome.error());
                    return;
                }
                if (!outcome.matches()) {
                    return;
                }
            }
            Invoked.Key key = invocation.key();
            if (request.passage().isSecondRound() && !invoked.isRequired(key)) {
                return;
            }
            ObjectValue before = current.object();
            for (MutatingPolicy.Mutation mutation : policy.mutations()) {
                mutate(invocation, policy, mutation);
            }
            if (before != current.object() && !Objects.equals(before, current.object())) {
                invoked.requireAgain();
                request.passage().askAgain();
            }
            if (policy.seesLater()) {
                invoked.add(key);
            }
        }

        private void mutate(Invocation invocation, MutatingPolicy policy, MutatingPolicy.Mutation mutation) {
            AdmissionRequest seen = invocation.matched().view(current);
            ObjectValue object = seen.object();
            if (object == null) {
                return;
            }
            try {
                Object value = policy.evaluate(mutation, variables(invocation, seen, false));
                ObjectValue changed = mutator.change(seen, object, mutation.patch(), value);
                touched = true;
                if (!changed.equals(object)) {
                    current = current.withObject(invocation.matched().back(request, changed));
                }
            } catch (ConfigurationException e) {
                errors.evaluation(invocation.policy().header(), invocation.binding(), e.text());
            } catch (OutOfBudgetException e) {
                errors.evaluation(invocation.policy().header(), invocation.binding(), OutOfBudgetException.TEXT);
            }
        }

        private RequestVariables variables(Invocation invocation, AdmissionRequest seen, boolean ofConditions) {
            RequestVariables out = new RequestVariables(
                            request,
                            seen,
                            ofConditions
                                    ? request.resource()
                                    : invocation.matched().resource())
                    .withParams(invocation.param().object())
                    .withAuthorizer(asked);
            return ofConditions ? out : out.withNamespace(namespace);
        }
    }
}
