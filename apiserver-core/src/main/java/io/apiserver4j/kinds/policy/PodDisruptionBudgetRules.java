// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.policy;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.IntOrPercentRules;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pod disruption budgets. */
public final class PodDisruptionBudgetRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final List<String> UNHEALTHY = List.of("AlwaysAllow", "IfHealthyBudget");

    /** A key that told empty selectors of version v1beta1 apart; it is taken out of expressions of others. */
    private static final String OLD_VERSION_LABEL = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return withoutOldLabel(object);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean changed = FieldChecks.changed(updated.at("spec", "selector"), current.at("spec", "selector"));
        return context.subresource().isEmpty() && changed ? withoutOldLabel(updated) : updated;
    }

    private static ObjectValue withoutOldLabel(ObjectValue budget) {
        ObjectValue selector = budget.objectAt("spec", "selector");
        List<ObjectValue> expressions =
                selector.arrayOrEmpty("matchExpressions").objects();
        List<ObjectValue> kept = expressions.stream()
                .filter(one -> !one.stringOrEmpty("key").equals(OLD_VERSION_LABEL))
                .toList();
        if (kept.size() == expressions.size() || selectsNothing(selector, expressions)) {
            return budget;
        }
        @Nullable Value fewer = kept.isEmpty() ? null : ArrayValue.of(kept);
        return budget.withAt(selector.withOrWithout("matchExpressions", fewer), "spec", "selector");
    }

    /** The form that selectors of nothing were given, which stays. */
    private static boolean selectsNothing(ObjectValue selector, List<ObjectValue> expressions) {
        return expressions.size() == 1
                && selector.objectOrEmpty("matchLabels").isEmpty()
                && expressions.get(0).stringOrEmpty("operator").equals("Exists")
                && expressions.get(0).arrayOrEmpty("values").isEmpty();
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object.objectOrEmpty("spec"), EmbeddedRules.Leniency.NONE, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            ObjectValue status = updated.objectOrEmpty("status");
            EmbeddedRules.conditions(status.arrayOrEmpty("conditions"), STATUS.field("conditions"), errors);
            FieldChecks.nonNegative(
                    status, STATUS, errors, "disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");
            return;
        }
        FieldErrors before = new FieldErrors();
        EmbeddedRules.labelSelector(
                current.objectAt("spec", "selector"), EmbeddedRules.Leniency.NONE, ValuePath.ROOT, before);
        EmbeddedRules.Leniency leniency =
                before.isEmpty() ? EmbeddedRules.Leniency.NONE : EmbeddedRules.Leniency.INVALID_VALUES;
        spec(updated.objectOrEmpty("spec"), leniency, errors);
    }

    private static void spec(ObjectValue spec, EmbeddedRules.Leniency leniency, FieldErrors errors) {
        List<String> bounds = List.of("minAvailable", "maxUnavailable");
        if (bounds.stream().allMatch(name -> FieldChecks.changed(spec.get(name), null))) {
            errors.invalidShown(
                    SPEC,
                    InternalForm.shown("policy.PodDisruptionBudgetSpec", spec),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        for (String name : bounds) {
            IntOrPercentRules.countOrPercent(spec, name, SPEC, errors);
            IntOrPercentRules.atMostAll(spec, name, SPEC, errors);
        }
        EmbeddedRules.labelSelector(spec.objectOrEmpty("selector"), leniency, SPEC.field("selector"), errors);
        String unhealthy = spec.getString("unhealthyPodEvictionPolicy");
        if (unhealthy != null && !UNHEALTHY.contains(unhealthy)) {
            errors.notSupportedShown(SPEC.field("unhealthyPodEvictionPolicy"), FieldErrors.json(unhealthy), UNHEALTHY);
        }
    }
}
