// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The authorizers that need to know nothing. */
public final class Authorizers {
    private static final Set<String> PUBLIC = Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");
    private static final Set<String> REVIEWS =
            Set.of("selfsubjectreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews");

    private Authorizers() {}

    /** Everybody may do everything (mode AlwaysAllow). */
    public static Authorizer alwaysAllow() {
        return with(attributes -> Decision.allow(""), (identity, namespace) -> RuleReview.EVERYTHING);
    }

    /** Nobody may do anything (mode AlwaysDeny). */
    public static Authorizer alwaysDeny() {
        return new Authorizer() {
            @Override
            public Decision authorize(AccessAttributes attributes) {
                return Decision.noOpinion("Everything is forbidden.");
            }

            @Override
            public String name() {
                return "alwaysdeny";
            }

            @Override
            public RuleReview rules(Identity identity, String namespace) {
                return RuleReview.NOTHING;
            }
        };
    }

    /** Members of system:masters may do everything; others are left to the next. */
    public static Authorizer masters() {
        return with(
                attributes -> attributes.identity().in(Identity.MASTERS) ? Decision.allow("") : Decision.noOpinion(""),
                (identity, namespace) -> RuleReview.NOTHING);
    }

    private static Authorizer with(
            Function<AccessAttributes, Decision> decisions, BiFunction<Identity, String, RuleReview> reviews) {
        return new Authorizer() {
            @Override
            public Decision authorize(AccessAttributes attributes) {
                return decisions.apply(attributes);
            }

            @Override
            public RuleReview rules(Identity identity, String namespace) {
                return reviews.apply(identity, namespace);
            }
        };
    }

    /**
     * What the bootstrap roles give to those who have no role of their own, for servers without roles: everybody may see
     * health and version, and who is authenticated may see discovery and ask about itself.
     */
    public static Authorizer discoveryOnly() {
        return with(Authorizers::discovery, (identity, namespace) -> {
            List<PolicyRule> rules = new ArrayList<>();
            if (identity.in(Identity.AUTHENTICATED)) {
                rules.add(RbacBootstrap.rule("create | authentication.k8s.io | selfsubjectreviews"));
                rules.add(RbacBootstrap.rule(
                        "create | authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews"));
                rules.add(RbacBootstrap.rule("get | /api /api/* /apis /apis/* /openapi /openapi/*"));
            }
            rules.add(RbacBootstrap.rule("get | /healthz /livez /readyz /version /version/"));
            return new RuleReview(rules, false, "");
        });
    }

    private static Decision discovery(AccessAttributes attributes) {
        if (!attributes.resourceRequest()) {
            String path = attributes.path();
            boolean read = attributes.verb().equals("get") || attributes.verb().equals("head");
            boolean anybody = attributes.identity().in(Identity.AUTHENTICATED)
                    || attributes.identity().in(Identity.UNAUTHENTICATED);
            if (read
                    && anybody
                    && (PUBLIC.contains(path) || path.startsWith("/livez/") || path.startsWith("/readyz/"))) {
                return Decision.allow("");
            }
            if (read && attributes.identity().in(Identity.AUTHENTICATED) && isDiscovery(path)) {
                return Decision.allow("");
            }
            return Decision.noOpinion("");
        }
        boolean review = attributes.verb().equals("create") && REVIEWS.contains(attributes.resource());
        return review && attributes.identity().in(Identity.AUTHENTICATED) ? Decision.allow("") : Decision.noOpinion("");
    }

    private static boolean isDiscovery(String path) {
        return path.equals("/api")
                || path.startsWith("/api/")
                || path.equals("/apis")
                || path.startsWith("/apis/")
                || path.equals("/openapi")
                || path.startsWith("/openapi/");
    }
}
