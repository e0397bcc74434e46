// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authn.Callers;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.verb.ResourceHandler;
import java.util.Map;

/** The handlers of all reviews, by resource. */
public final class ReviewHandlers {
    private ReviewHandlers() {}

    /**
     * The handlers.
     *
     * @param callers who knows bearer tokens
     * @param authorizer who says what may be done
     */
    public static Map<String, ResourceHandler> all(Callers callers, Authorizer authorizer) {
        AccessReviews access = new AccessReviews(authorizer);
        return Map.of(
                "selfsubjectreviews.authentication.k8s.io",
                new SelfReview(),
                "tokenreviews.authentication.k8s.io",
                new TokenReviews(callers),
                "selfsubjectaccessreviews.authorization.k8s.io",
                access::self,
                "subjectaccessreviews.authorization.k8s.io",
                access::anybody,
                "localsubjectaccessreviews.authorization.k8s.io",
                access::local,
                "selfsubjectrulesreviews.authorization.k8s.io",
                new RulesReview(authorizer));
    }
}
