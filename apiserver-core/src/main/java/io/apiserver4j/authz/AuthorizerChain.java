// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks one authorizer after the other; the first that allows or denies wins. */
public final class AuthorizerChain implements Authorizer {
    private final List<Authorizer> members;

    /** A chain in the order in which its members are asked. */
    public AuthorizerChain(List<Authorizer> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public Decision authorize(AccessAttributes attributes) {
        List<String> reasons = new ArrayList<>();
        Set<String> errors = Set.of();
        for (Authorizer member : members) {
            Decision decision = member.authorize(attributes);
            if (decision.outcome() != Decision.Outcome.NO_OPINION) {
                return decision;
            }
            if (!decision.error().isEmpty()) {
                errors = new LinkedHashSet<>(errors);
                errors.add(decision.error());
            }
            if (!decision.reason().isEmpty()) {
                reasons.add(member.name().isEmpty() ? decision.reason() : member.name() + ": " + decision.reason());
            }
        }
        String error = errors.size() > 1 ? "[" + String.join(", ", errors) + "]" : String.join("", errors);
        return Decision.noOpinion(String.join("\n", reasons)).withError(error);
    }

    @Override
    public RuleReview rules(Identity identity, String namespace) {
        RuleReview all = RuleReview.NOTHING;
        for (Authorizer member : members) {
            all = all.and(member.rules(identity, namespace));
        }
        return all;
    }
}
