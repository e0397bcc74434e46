// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import static io.apiserver4j.kinds.apps.ReplicaRules.SPEC;
import static io.apiserver4j.kinds.apps.ReplicaRules.STATUS;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.IntOrPercentRules;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.kinds.TemplateGeneration;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Daemon sets. The count of templates that Kubernetes checks here is kept right by {@link TemplateGeneration}. */
public final class DaemonSetRules implements KindRules {
    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return TemplateGeneration.onCreate(PodSelection.prepared(object, null, "spec", "template"));
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty()
                ? TemplateGeneration.onUpdate(PodSelection.prepared(updated, current, "spec", "template"), current)
                : updated;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(ReplicaRules.spec(object), null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), current.objectOrEmpty("status"), errors);
            return;
        }
        FieldChecks.immutable(
                updated.at("spec", "selector"), current.at("spec", "selector"), SPEC.field("selector"), errors);
        spec(ReplicaRules.spec(updated), ReplicaRules.spec(current), errors);
    }

    private static void spec(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        boolean lenient = before != null && EmbeddedRules.hasInvalidValues(before.objectOrEmpty("selector"));
        ObjectValue selector = spec.getObject("selector");
        EmbeddedRules.labelSelector(
                selector == null ? ObjectValue.EMPTY : selector,
                lenient ? EmbeddedRules.Leniency.INVALID_VALUES : EmbeddedRules.Leniency.NONE,
                SPEC.field("selector"),
                errors);
        LabelSelector read = PodSelection.selector(spec);
        if (read != null) {
            PodSelection.matchesTemplate(read, spec, SPEC, errors);
        }
        if (selector != null) {
            ReplicaRules.notEmpty(selector, "daemonset", errors);
        }
        ReplicaRules.template(spec, before, errors);
        ReplicaRules.runsForEver(spec, "DaemonSet", errors);
        FieldChecks.nonNegative(spec, SPEC, errors, "minReadySeconds");
        strategy(spec.objectOrEmpty("updateStrategy"), SPEC.field("updateStrategy"), errors);
        FieldChecks.nonNegative(spec, SPEC, errors, "revisionHistoryLimit");
    }

    private static void strategy(ObjectValue strategy, ValuePath path, FieldErrors errors) {
        ObjectValue rolling = strategy.getObject("rollingUpdate");
        switch (strategy.stringOrEmpty("type")) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> {
                if (rolling == null) {
                    errors.required(path.field("rollingUpdate"), "");
                } else {
                    rollingUpdate(rolling, path.field("rollingUpdate"), errors);
                }
            }
            default ->
                errors.notSupportedShown(
                        path,
                        InternalForm.shown("apps.DaemonSetUpdateStrategy", strategy),
                        List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void rollingUpdate(ObjectValue rolling, ValuePath path, FieldErrors errors) {
        for (String name : List.of("maxUnavailable", "maxSurge")) {
            IntOrPercentRules.countOrPercent(rolling, name, path, errors);
        }
        for (String name : List.of("maxUnavailable", "maxSurge")) {
            IntOrPercentRules.atMostAll(rolling, name, path, errors);
        }
        Value surge = rolling.get("maxSurge");
        boolean hasUnavailable = IntOrPercentRules.amount(rolling.get("maxUnavailable")) != 0;
        boolean hasSurge = IntOrPercentRules.amount(surge) != 0;
        if (hasUnavailable && hasSurge && surge != null) {
            errors.invalid(path.field("maxSurge"), surge, "may not be set when maxUnavailable is non-zero");
        } else if (!hasUnavailable && !hasSurge) {
            errors.required(path.field("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        }
    }

    private static void status(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        FieldChecks.nonNegative(
                updated,
                STATUS,
                errors,
                "currentNumberScheduled",
                "numberMisscheduled",
                "desiredNumberScheduled",
                "numberReady",
                "observedGeneration",
                "updatedNumberScheduled",
                "numberAvailable",
                "numberUnavailable",
                "collisionCount");
        FieldChecks.notDecremented(updated, current, "collisionCount", STATUS, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return ReplicaRules.templateWarnings(object, null);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean counted = TemplateGeneration.of(updated) != TemplateGeneration.of(current);
        return context.subresource().isEmpty() && counted ? ReplicaRules.templateWarnings(updated, current) : List.of();
    }
}
