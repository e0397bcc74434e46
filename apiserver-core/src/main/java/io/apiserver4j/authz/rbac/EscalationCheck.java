// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.rbac;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nobody gives more than they hold: roles that are written may only say what their writer may do, unless the writer may
 * {@code escalate} the role, and bindings only what the writer may do or may {@code bind}. Members of system:masters are not
 * asked.
 */
public final class EscalationCheck {
    /** The group of roles and bindings. */
    public static final String GROUP = "rbac.authorization.k8s.io";

    private static final List<PolicyRule> ALL = List.of(PolicyRule.ALL_RESOURCES, PolicyRule.ALL_PATHS);

    private final Authorizer authorizer;
    private final RoleRules roles;

    /**
     * A check.
     *
     * @param authorizer is asked about {@code escalate} and {@code bind}
     * @param roles says what writers hold
     */
    public EscalationCheck(Authorizer authorizer, RoleRules roles) {
        this.authorizer = authorizer;
        this.roles = roles;
    }

    /**
     * What is written.
     *
     * @param resource {@code roles}, {@code rolebindings} ...
     * @param namespace empty for those of the cluster
     * @param pathName the name in the URL, empty where that names a collection
     */
    public record Writing(Identity identity, String resource, String namespace, String name, String pathName) {}

    /**
     * Checks a role; throws 403 where its writer holds less.
     *
     * @param gathers true where the role gathers the rules of others, or did so before
     */
    public void role(Writing writing, List<PolicyRule> rules, boolean gathers) {
        if (writing.identity().in(Identity.MASTERS)
                || may(writing, "escalate", writing.resource(), writing.pathName())) {
            return;
        }
        confirm(writing, rules);
        if (gathers && !missing(writing, ALL, new LinkedHashSet<>()).isEmpty()) {
            throw forbidden(writing, "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    /** Checks a binding; throws 403 where its writer holds less than the role gives, 404 where there is no such role. */
    public void binding(Writing writing, String roleKind, String roleName) {
        if (writing.identity().in(Identity.MASTERS)) {
            return;
        }
        boolean known = roleKind.equals("Role") || roleKind.equals("ClusterRole");
        if (!known || may(writing, "bind", roleKind.equals("Role") ? "roles" : "clusterroles", roleName)) {
            return; // an unknown kind is told by the rules of bindings
        }
        List<PolicyRule> rules = roles.ofRole(roleKind, writing.namespace(), roleName);
        if (rules == null) {
            throw Status.notFound(GROUP, writing.resource(), roleName).asException();
        }
        confirm(writing, rules);
    }

    private boolean may(Writing writing, String verb, String resource, String name) {
        return authorizer
                .authorize(new AccessAttributes(
                        writing.identity(), verb, true, GROUP, "*", resource, "", writing.namespace(), name, ""))
                .isAllowed();
    }

    private void confirm(Writing writing, List<PolicyRule> rules) {
        Set<String> errors = new LinkedHashSet<>();
        List<PolicyRule> missing = missing(writing, rules, errors);
        if (!missing.isEmpty()) {
            Identity identity = writing.identity();
            Set<String> shown = new TreeSet<>();
            compacted(missing).forEach(rule -> shown.add(rule.shown()));
            throw forbidden(
                    writing,
                    "user " + GoText.quote(identity.user()) + " (groups=" + PolicyRule.quoted(identity.groups())
                            + ") is attempting to grant RBAC permissions not currently held:\n"
                            + String.join("\n", shown)
                            + (errors.isEmpty()
                                    ? ""
                                    : "; resolution errors: [" + RbacAuthorizer.aggregate(errors) + "]"));
        }
    }

    private List<PolicyRule> missing(Writing writing, List<PolicyRule> rules, Set<String> errors) {
        List<PolicyRule> held = roles.of(
                writing.identity(),
                writing.namespace(),
                (kind, name) -> errors.add(writing.resource() + "." + GROUP + " " + GoText.quote(name) + " not found"));
        return PolicyRule.uncovered(held, rules);
    }

    /** Parts that differ in their verb only, as one rule. */
    private static List<PolicyRule> compacted(List<PolicyRule> parts) {
        Map<PolicyRule, List<String>> verbs = new LinkedHashMap<>();
        List<PolicyRule> out = new ArrayList<>();
        for (PolicyRule part : parts) {
            if (part.paths().isEmpty()) {
                PolicyRule same = new PolicyRule(List.of(), part.groups(), part.resources(), part.names(), List.of());
                verbs.computeIfAbsent(same, k -> new ArrayList<>()).addAll(part.verbs());
            } else {
                out.add(part);
            }
        }
        verbs.forEach(
                (rule, all) -> out.add(new PolicyRule(all, rule.groups(), rule.resources(), rule.names(), List.of())));
        return out;
    }

    private static ApiException forbidden(Writing writing, String why) {
        return Status.forbidden(GROUP, writing.resource(), writing.name(), why).asException();
    }
}
