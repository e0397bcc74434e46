// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.rbac;

import io.apiserver4j.authz.rbac.EscalationCheck;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bindings of roles and of cluster roles: which role never changes, to whom does. */
public final class RoleBindingRules implements KindRules {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final ValuePath ROLE = ValuePath.of("roleRef");
    private static final ValuePath SUBJECTS = ValuePath.of("subjects");

    private final boolean ofCluster;
    private final List<String> roles;
    private final Grants grants;

    /** Rules of bindings for the whole cluster, or for a namespace, with a check that writers hold what they give. */
    public RoleBindingRules(boolean ofCluster, Supplier<@Nullable EscalationCheck> check) {
        this.ofCluster = ofCluster;
        grants = new Grants(check);
        roles = ofCluster ? List.of("ClusterRole") : List.of("Role", "ClusterRole");
    }

    @Override
    public Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        grants.binding(updated, current, context);
        return Reservation.none(updated);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, errors);
        subjectNames(object, errors);
    }

    private void check(ObjectValue object, FieldErrors errors) {
        ObjectValue role = object.objectOrEmpty("roleRef");
        if (!role.stringOrEmpty("apiGroup").equals(GROUP)) {
            errors.notSupported(ROLE.field("apiGroup"), role.stringOrEmpty("apiGroup"), List.of(GROUP));
        }
        if (!roles.contains(role.stringOrEmpty("kind"))) {
            errors.notSupported(ROLE.field("kind"), role.stringOrEmpty("kind"), roles);
        }
        String name = role.stringOrEmpty("name");
        if (name.isEmpty()) {
            errors.required(ROLE.field("name"), "");
        } else {
            errors.invalidAll(ROLE.field("name"), name, NameRules.pathSegmentName(name));
        }
        List<ObjectValue> subjects = object.arrayOrEmpty("subjects").objects();
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), SUBJECTS.index(i), errors);
        }
    }

    private void subject(ObjectValue subject, ValuePath path, FieldErrors errors) {
        String name = subject.stringOrEmpty("name");
        String group = subject.stringOrEmpty("apiGroup");
        switch (subject.stringOrEmpty("kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    errors.invalidAll(path.field("name"), name, NameRules.dns1123Subdomain(name));
                }
                if (!group.isEmpty()) {
                    errors.notSupported(path.field("apiGroup"), group, List.of(""));
                }
                if (ofCluster && subject.stringOrEmpty("namespace").isEmpty()) {
                    errors.required(path.field("namespace"), "");
                }
            }
            case "User", "Group" -> {
                if (!group.equals(GROUP)) {
                    errors.notSupported(path.field("apiGroup"), group, List.of(GROUP));
                }
            }
            default ->
                errors.notSupported(
                        path.field("kind"), subject.stringOrEmpty("kind"), List.of("ServiceAccount", "User", "Group"));
        }
    }

    /** Names that are missing; told last, since Kubernetes finds them by the schema. */
    private static void subjectNames(ObjectValue binding, FieldErrors errors) {
        List<ObjectValue> subjects = binding.arrayOrEmpty("subjects").objects();
        for (int i = 0; i < subjects.size(); i++) {
            if (subjects.get(i).stringOrEmpty("name").isEmpty()) {
                errors.required(SUBJECTS.index(i).field("name"), "");
            }
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, errors);
        FieldChecks.immutable(updated.get("roleRef"), current.get("roleRef"), "rbac.RoleRef", ROLE, errors);
        subjectNames(updated, errors);
    }
}
