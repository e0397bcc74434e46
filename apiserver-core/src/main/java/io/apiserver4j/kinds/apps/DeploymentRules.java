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
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments. */
public final class DeploymentRules implements KindRules {
    private static final String ROLLBACK = "deprecated.deployment.rollback.rollbackTo";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return PodSelection.prepared(object, null, "spec", "template");
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? PodSelection.prepared(updated, current, "spec", "template") : updated;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object, null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), current.objectOrEmpty("status"), errors);
            return;
        }
        spec(updated, current, errors);
        FieldChecks.immutable(
                updated.at("spec", "selector"), current.at("spec", "selector"), SPEC.field("selector"), errors);
    }

    private static void spec(ObjectValue object, @Nullable ObjectValue current, FieldErrors errors) {
        ObjectValue spec = ReplicaRules.spec(object);
        FieldChecks.nonNegative(spec, SPEC, errors, "replicas");
        ReplicaRules.selectorAndTemplate(spec, current == null ? null : ReplicaRules.spec(current), errors);
        strategy(spec.objectOrEmpty("strategy"), SPEC.field("strategy"), errors);
        FieldChecks.nonNegative(spec, SPEC, errors, "minReadySeconds", "revisionHistoryLimit");
        rollback(object, errors);
        FieldChecks.nonNegative(spec, SPEC, errors, "progressDeadlineSeconds");
        Long deadline = spec.getLong("progressDeadlineSeconds");
        if (deadline != null && deadline <= spec.longOr("minReadySeconds", 0)) {
            errors.invalid(SPEC.field("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
        }
    }

    /** A field of old versions that lives on in an annotation. */
    private static void rollback(ObjectValue object, FieldErrors errors) {
        String revision = ObjectMeta.of(object).annotations().stringOrEmpty(ROLLBACK);
        if (GoNumbers.isInt(revision)) {
            ObjectValue rollback = ObjectValue.of("version", Value.of(GoNumbers.parseInt(revision)));
            FieldChecks.nonNegative(rollback, SPEC.field("rollback"), errors, "version");
        }
    }

    private static void strategy(ObjectValue strategy, ValuePath path, FieldErrors errors) {
        ObjectValue rolling = strategy.getObject("rollingUpdate");
        switch (strategy.stringOrEmpty("type")) {
            case "Recreate" -> {
                if (rolling != null) {
                    errors.forbidden(
                            path.field("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling == null) {
                    errors.required(path.field("rollingUpdate"), "this should be defaulted and never be nil");
                } else {
                    rollingUpdate(rolling, path.field("rollingUpdate"), errors);
                }
            }
            default ->
                errors.notSupportedShown(
                        path,
                        InternalForm.shown("apps.DeploymentStrategy", strategy),
                        List.of("Recreate", "RollingUpdate"));
        }
    }

    private static void rollingUpdate(ObjectValue rolling, ValuePath path, FieldErrors errors) {
        IntOrPercentRules.countOrPercent(rolling, "maxUnavailable", path, errors);
        IntOrPercentRules.countOrPercent(rolling, "maxSurge", path, errors);
        Value unavailable = rolling.get("maxUnavailable");
        if (IntOrPercentRules.amount(unavailable) == 0 && IntOrPercentRules.amount(rolling.get("maxSurge")) == 0) {
            errors.invalid(
                    path.field("maxUnavailable"),
                    unavailable == null ? Value.of(0) : unavailable,
                    "may not be 0 when `maxSurge` is 0");
        }
        IntOrPercentRules.atMostAll(rolling, "maxUnavailable", path, errors);
    }

    private static void status(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        FieldChecks.nonNegative(
                updated,
                STATUS,
                errors,
                "observedGeneration",
                "replicas",
                "updatedReplicas",
                "readyReplicas",
                "availableReplicas",
                "unavailableReplicas",
                "terminatingReplicas",
                "collisionCount");
        FieldChecks.notAbove(
                updated,
                "replicas",
                "cannot be greater than status.replicas",
                STATUS,
                errors,
                "updatedReplicas",
                "readyReplicas",
                "availableReplicas");
        FieldChecks.notAbove(
                updated, "readyReplicas", "cannot be greater than readyReplicas", STATUS, errors, "availableReplicas");
        FieldChecks.notDecremented(updated, current, "collisionCount", STATUS, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>(PodSelection.nameWarnings(object));
        warnings.addAll(ReplicaRules.templateWarnings(object, null));
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return ReplicaRules.warningsOnUpdate(updated, current, context);
    }
}
