// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.rbac;

import io.apiserver4j.authz.rbac.EscalationCheck;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Roles, and cluster roles, which may speak of paths and gather the rules of others. */
public final class RoleRules implements KindRules {
    private static final ValuePath SELECTORS = ValuePath.of("aggregationRule", "clusterRoleSelectors");

    private final boolean ofCluster;
    private final Grants grants;

    /** Rules of cluster roles, or of roles in a namespace, with a check that writers hold what they give. */
    public RoleRules(boolean ofCluster, Supplier<@Nullable EscalationCheck> check) {
        this.ofCluster = ofCluster;
        grants = new Grants(check);
    }

    @Override
    public Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        grants.role(updated, current, context);
        return Reservation.none(updated);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, EmbeddedRules.Leniency.NONE, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        selectors(current.objectOrEmpty("aggregationRule"), EmbeddedRules.Leniency.NONE, before);
        check(updated, before.isEmpty() ? EmbeddedRules.Leniency.NONE : EmbeddedRules.Leniency.INVALID_VALUES, errors);
    }

    private void check(ObjectValue role, EmbeddedRules.Leniency leniency, FieldErrors errors) {
        List<ObjectValue> rules = role.arrayOrEmpty("rules").objects();
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), ValuePath.of("rules").index(i), errors);
        }
        ObjectValue aggregation = role.getObject("aggregationRule");
        if (ofCluster && aggregation != null) {
            if (aggregation.arrayOrEmpty("clusterRoleSelectors").isEmpty()) {
                errors.required(SELECTORS, "at least one clusterRoleSelector required if aggregationRule is non-nil");
            }
            selectors(aggregation, leniency, errors);
        }
        // told last, since Kubernetes finds it by the schema
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).arrayOrEmpty("verbs").isEmpty()) {
                errors.required(ValuePath.of("rules").index(i).field("verbs"), "");
            }
        }
    }

    private static void selectors(ObjectValue aggregation, EmbeddedRules.Leniency leniency, FieldErrors errors) {
        List<ObjectValue> selectors =
                aggregation.arrayOrEmpty("clusterRoleSelectors").objects();
        for (int i = 0; i < selectors.size(); i++) {
            EmbeddedRules.labelSelector(selectors.get(i), leniency, SELECTORS.index(i), errors);
        }
    }

    private void rule(ObjectValue rule, ValuePath path, FieldErrors errors) {
        ArrayValue urls = rule.arrayOrEmpty("nonResourceURLs");
        if (!urls.isEmpty()) {
            ValuePath at = path.field("nonResourceURLs");
            if (!ofCluster) {
                errors.invalid(at, urls, "namespaced rules cannot apply to non-resource URLs");
            }
            boolean both = List.of("apiGroups", "resources", "resourceNames").stream()
                    .anyMatch(member -> !rule.arrayOrEmpty(member).isEmpty());
            if (both) {
                errors.invalid(at, urls, "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.arrayOrEmpty("apiGroups").isEmpty()) {
            errors.required(path.field("apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.arrayOrEmpty("resources").isEmpty()) {
            errors.required(path.field("resources"), "resource rules must supply at least one resource");
        }
    }
}
