// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import static io.apiserver4j.kinds.apps.ReplicaRules.SPEC;
import static io.apiserver4j.kinds.apps.ReplicaRules.STATUS;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replica sets. */
public final class ReplicaSetRules implements KindRules {
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
        spec(ReplicaRules.spec(object), null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), errors);
            return;
        }
        spec(ReplicaRules.spec(updated), ReplicaRules.spec(current), errors);
        FieldChecks.immutable(
                updated.at("spec", "selector"), current.at("spec", "selector"), SPEC.field("selector"), errors);
    }

    private static void spec(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        FieldChecks.nonNegative(spec, SPEC, errors, "replicas", "minReadySeconds");
        ReplicaRules.selectorAndTemplate(spec, before, errors);
    }

    private static void status(ObjectValue status, FieldErrors errors) {
        FieldChecks.nonNegative(
                status,
                STATUS,
                errors,
                "replicas",
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas",
                "observedGeneration",
                "terminatingReplicas");
        FieldChecks.notAbove(
                status,
                "replicas",
                "cannot be greater than status.replicas",
                STATUS,
                errors,
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas");
        FieldChecks.notAbove(
                status, "readyReplicas", "cannot be greater than readyReplicas", STATUS, errors, "availableReplicas");
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
