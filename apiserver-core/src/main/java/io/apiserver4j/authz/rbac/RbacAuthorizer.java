// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.rbac;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.authz.RuleReview;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Allows what roles and bindings give (mode RBAC), and has no opinion of the rest. Answers within microseconds. */
public final class RbacAuthorizer implements Authorizer {
    private final RoleRules roles;

    /** An authorizer by these roles and bindings. */
    public RbacAuthorizer(RoleRules roles) {
        this.roles = roles;
    }

    @Override
    public String name() {
        return "rbac";
    }

    @Override
    public Decision authorize(AccessAttributes attributes) {
        Asking asking = new Asking(attributes);
        roles.visit(attributes.identity(), attributes.namespace(), asking);
        RoleGrant by = asking.by;
        if (by != null) {
            return Decision.allow("RBAC: allowed by " + by.shown(attributes.identity()));
        }
        return asking.missing.isEmpty() ? NOTHING : Decision.noOpinion("RBAC: " + aggregate(asking.missing));
    }

    private static final Decision NOTHING = Decision.noOpinion("");

    /** Looks for the first grant that allows something. */
    private static final class Asking implements RoleRules.Visitor {
        private final AccessAttributes attributes;
        private final Set<String> missing = new LinkedHashSet<>(0);
        private @Nullable RoleGrant by;

        Asking(AccessAttributes attributes) {
            this.attributes = attributes;
        }

        @Override
        public boolean visit(RoleGrant grant, @Nullable List<PolicyRule> rules) {
            if (rules == null) {
                missing.add(notFound(grant.roleKind(), grant.roleName()));
                return true;
            }
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).allows(attributes)) {
                    by = grant;
                    return false;
                }
            }
            return true;
        }
    }

    private static String notFound(String kind, String name) {
        return kind.toLowerCase(Locale.ROOT) + ".rbac.authorization.k8s.io " + GoText.quote(name) + " not found";
    }

    /** Several errors as one text. */
    static String aggregate(Set<String> errors) {
        List<String> all = new ArrayList<>(errors);
        return all.size() == 1 ? all.get(0) : "[" + String.join(", ", all) + "]";
    }

    @Override
    public RuleReview rules(Identity identity, String namespace) {
        Set<String> missing = new LinkedHashSet<>();
        List<PolicyRule> rules = roles.of(identity, namespace, (kind, name) -> missing.add(notFound(kind, name)));
        return new RuleReview(rules, false, missing.isEmpty() ? "" : aggregate(missing));
    }
}
