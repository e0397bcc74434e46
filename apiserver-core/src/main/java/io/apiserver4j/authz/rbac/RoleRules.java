// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.rbac;

import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.request.Identity;
import io.apiserver4j.store.LiveView;
import io.apiserver4j.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules that roles and bindings give, kept current by following the stores and indexed by subject, so that the number
 * of bindings does not matter. Safe for use by several threads; opened when first asked.
 */
public final class RoleRules implements AutoCloseable {
    private static final String GROUP = ".rbac.authorization.k8s.io";

    private final LiveView<List<PolicyRule>> clusterRoles;
    private final LiveView<List<PolicyRule>> roles;
    private final LiveView<RoleGrant> clusterBindings;
    private final LiveView<RoleGrant> bindings;
    private final Map<String, List<RoleGrant>> grants = new ConcurrentHashMap<>();

    /** Rules of the roles and bindings in the stores of a server, which are asked for by resource when first needed. */
    public RoleRules(Function<String, ObjectStore> objects) {
        clusterRoles = roles(objects, "clusterroles");
        roles = roles(objects, "roles");
        clusterBindings = bindings(objects, "clusterrolebindings");
        bindings = bindings(objects, "rolebindings");
    }

    private static LiveView<List<PolicyRule>> roles(Function<String, ObjectStore> objects, String resource) {
        return new LiveView<>(
                () -> objects.apply(resource + GROUP),
                object -> PolicyRule.ofRole(object.tree()),
                (before, after) -> {});
    }

    private LiveView<RoleGrant> bindings(Function<String, ObjectStore> objects, String resource) {
        return new LiveView<>(
                () -> objects.apply(resource + GROUP), object -> RoleGrant.of(object.tree()), this::changed);
    }

    /** Begins to follow, which the first question does otherwise. */
    public void open() {
        clusterRoles.open();
        clusterBindings.open();
        roles.open();
        bindings.open();
    }

    private void changed(@Nullable RoleGrant before, @Nullable RoleGrant after) {
        if (before != null && !before.equals(after)) {
            before.keys()
                    .forEach(key -> grants.computeIfPresent(place(before.namespace(), key), (k, list) -> {
                        List<RoleGrant> left = list.stream()
                                .filter(grant -> !grant.equals(before))
                                .toList();
                        return left.isEmpty() ? null : left;
                    }));
        }
        if (after != null && !after.equals(before)) {
            after.keys().forEach(key -> grants.merge(place(after.namespace(), key), List.of(after), RoleRules::joined));
        }
    }

    private static List<RoleGrant> joined(List<RoleGrant> one, List<RoleGrant> other) {
        List<RoleGrant> out = new ArrayList<>(one);
        out.addAll(other);
        out.sort(Comparator.comparing(RoleGrant::name));
        return List.copyOf(out);
    }

    private static String place(String namespace, String key) {
        return namespace + "/" + key;
    }

    /** The rules of a role, or null where there is no such role. */
    @Nullable
    List<PolicyRule> ofRole(String roleKind, String namespace, String name) {
        return roleKind.equals("Role") ? roles.get(namespace, name) : clusterRoles.get("", name);
    }

    /** Visits what somebody is given; null rules where the role of the grant is missing. */
    @FunctionalInterface
    interface Visitor {
        /** True to go on. */
        boolean visit(RoleGrant grant, @Nullable List<PolicyRule> rules);
    }

    /** Visits what somebody is given everywhere, and then what in a namespace; a grant may come several times. */
    void visit(Identity identity, String namespace, Visitor visitor) {
        clusterRoles.catchUp();
        clusterBindings.catchUp();
        if (!visitIn(identity, "", visitor) || namespace.isEmpty()) {
            return;
        }
        roles.catchUp();
        bindings.catchUp();
        visitIn(identity, namespace, visitor);
    }

    private boolean visitIn(Identity identity, String namespace, Visitor visitor) {
        if (!visitAll(place(namespace, RoleGrant.userKey(identity.user())), visitor)) {
            return false;
        }
        for (String group : identity.groups()) {
            if (!visitAll(place(namespace, RoleGrant.groupKey(group)), visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visitAll(String place, Visitor visitor) {
        for (RoleGrant grant : grants.getOrDefault(place, List.of())) {
            if (!visitor.visit(grant, ofRole(grant.roleKind(), grant.namespace(), grant.roleName()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * All that somebody is given everywhere and in a namespace.
     *
     * @param missing takes kind and name of each role that is bound but not there
     */
    List<PolicyRule> of(Identity identity, String namespace, BiConsumer<String, String> missing) {
        Set<RoleGrant> seen = new LinkedHashSet<>();
        List<PolicyRule> out = new ArrayList<>();
        visit(identity, namespace, (grant, rules) -> {
            if (seen.add(grant)) {
                if (rules == null) {
                    missing.accept(grant.roleKind(), grant.roleName());
                } else {
                    out.addAll(rules);
                }
            }
            return true;
        });
        return out;
    }

    @Override
    public void close() {
        clusterRoles.close();
        roles.close();
        clusterBindings.close();
        bindings.close();
    }
}
