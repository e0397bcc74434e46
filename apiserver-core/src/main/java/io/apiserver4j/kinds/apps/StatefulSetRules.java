// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import static io.apiserver4j.kinds.apps.ReplicaRules.SPEC;
import static io.apiserver4j.kinds.apps.ReplicaRules.STATUS;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/** Stateful sets. */
public final class StatefulSetRules implements KindRules {
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
        new StatefulSetSpecRules(ReplicaRules.spec(object), null).check(errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), current.objectOrEmpty("status"), errors);
            return;
        }
        ObjectValue now = ReplicaRules.spec(updated);
        ObjectValue before = ReplicaRules.spec(current);
        new StatefulSetSpecRules(now, before).check(errors);
        FieldChecks.immutable(now.get("selector"), before.get("selector"), SPEC.field("selector"), errors);
        FieldChecks.immutable(
                now.get("volumeClaimTemplates"),
                before.get("volumeClaimTemplates"),
                "[]core.PersistentVolumeClaim",
                SPEC.field("volumeClaimTemplates"),
                errors);
        FieldChecks.immutableTexts(now, before, SPEC, errors, "serviceName", "podManagementPolicy");
    }

    private static void status(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        FieldChecks.nonNegative(
                updated,
                STATUS,
                errors,
                "replicas",
                "readyReplicas",
                "currentReplicas",
                "updatedReplicas",
                "availableReplicas",
                "observedGeneration",
                "collisionCount");
        FieldChecks.notAbove(
                updated,
                "replicas",
                "cannot be greater than status.replicas",
                STATUS,
                errors,
                "readyReplicas",
                "currentReplicas",
                "updatedReplicas",
                "availableReplicas");
        FieldChecks.notAbove(
                updated,
                "readyReplicas",
                "cannot be greater than status.readyReplicas",
                STATUS,
                errors,
                "availableReplicas");
        FieldChecks.notDecremented(updated, current, "collisionCount", STATUS, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>(ReplicaRules.templateWarnings(object, null));
        warnings.addAll(specWarnings(object, false));
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (!context.subresource().isEmpty()) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>(ReplicaRules.warningsOnUpdate(updated, current, context));
        warnings.addAll(specWarnings(updated, true));
        return warnings;
    }

    /** Warnings of claims and history. */
    private static List<String> specWarnings(ObjectValue object, boolean changed) {
        ObjectValue spec = ReplicaRules.spec(object);
        List<String> warnings = new ArrayList<>();
        ArrayValue claims = spec.arrayOrEmpty("volumeClaimTemplates");
        for (int i = 0; i < claims.size(); i++) {
            ValuePath path = SPEC.field("volumeClaimTemplates").index(i);
            // Kubernetes puts one more step into the address when a set is changed
            ValuePath told = changed ? path.field("Spec") : path;
            ObjectValue resources = claims.objectAt(i).objectAt("spec", "resources");
            for (String side : List.of("requests", "limits")) {
                claimWarning(resources.objectOrEmpty(side), told.fields("resources", side), warnings);
            }
        }
        if (spec.longOr("revisionHistoryLimit", 0) < 0) {
            warnings.add("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is"
                    + " recommended");
        }
        return warnings;
    }

    private static void claimWarning(ObjectValue amounts, ValuePath path, List<String> warnings) {
        String storage = amounts.stringOrEmpty("storage");
        if (!storage.isEmpty() && Quantity.parse(storage).milliValue() % 1000 != 0) {
            warnings.add(path.key("storage") + ": fractional byte value " + GoText.quote(storage)
                    + " is invalid, must be an integer");
        }
    }
}
