// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import java.util.ArrayList;
import java.util.List;

/**
 * What an authorizer gives an identity in a namespace, as far as it can tell.
 *
 * @param incomplete true where there may be more
 * @param error why it may be more, or empty
 */
public record RuleReview(List<PolicyRule> rules, boolean incomplete, String error) {
    /** Nothing is given. */
    public static final RuleReview NOTHING = new RuleReview(List.of(), false, "");

    /** Everything is given. */
    public static final RuleReview EVERYTHING =
            new RuleReview(List.of(PolicyRule.ALL_RESOURCES, PolicyRule.ALL_PATHS), false, "");

    /** Nothing is known. */
    public static final RuleReview UNKNOWN = new RuleReview(List.of(), true, "");

    /** Copies the list. */
    public RuleReview {
        rules = List.copyOf(rules);
    }

    /** What two authorizers give together. */
    RuleReview and(RuleReview other) {
        List<PolicyRule> all = new ArrayList<>(rules);
        all.addAll(other.rules);
        String both = error.isEmpty() || other.error.isEmpty() ? error + other.error : error + ", " + other.error;
        return new RuleReview(all, incomplete || other.incomplete, both);
    }
}
