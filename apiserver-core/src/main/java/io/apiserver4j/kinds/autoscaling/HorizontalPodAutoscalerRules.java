// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.autoscaling;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.autoscaling.TargetReferences.ApiVersion;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/** Horizontal pod autoscalers, in version 2. What is declared of both bounds in the types comes after everything else. */
public final class HorizontalPodAutoscalerRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath STATUS = ValuePath.of("status");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object.objectOrEmpty("spec"), null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), errors);
        } else {
            spec(updated.objectOrEmpty("spec"), current.objectOrEmpty("spec"), errors);
        }
    }

    private static void spec(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        Long least = spec.getLong("minReplicas");
        long most = spec.longOr("maxReplicas", 0);
        ObjectValue undeclared = before == null ? ObjectValue.EMPTY : before;
        boolean leastChanged =
                before == null || FieldChecks.changed(spec.get("minReplicas"), undeclared.get("minReplicas"));
        boolean mostChanged = before == null || most != undeclared.longOr("maxReplicas", 0);
        if (!leastChanged) {
            FieldChecks.nonNegative(spec, SPEC, errors, "minReplicas");
        }
        if (!mostChanged) {
            most(most, "must be set and greater than 0", errors);
        }
        if (least != null && most < least) {
            errors.invalid(SPEC.field("maxReplicas"), most, "must be greater than or equal to `minReplicas`");
        }
        ObjectValue target = spec.objectOrEmpty("scaleTargetRef");
        TargetReferences.check(target, allowed(target, before), SPEC.field("scaleTargetRef"), errors);
        boolean toZero = Long.valueOf(0).equals(least);
        new MetricRules(described(undeclared.arrayOrEmpty("metrics")))
                .check(spec.arrayOrEmpty("metrics"), toZero, SPEC.field("metrics"), errors);
        ScalingRules.check(spec.objectOrEmpty("behavior"), SPEC.field("behavior"), errors);
        if (leastChanged) {
            FieldChecks.nonNegative(spec, SPEC, errors, "minReplicas");
        }
        if (mostChanged) {
            most(most, "", errors);
        }
    }

    private static void most(long most, String missing, FieldErrors errors) {
        if (most == 0) {
            errors.required(SPEC.field("maxReplicas"), missing);
        } else if (most < 0) {
            errors.invalid(SPEC.field("maxReplicas"), most, "must be greater than or equal to 1");
        }
    }

    /** What is scaled is in a group, but for replication controllers; what was there before may stay. */
    private static ApiVersion allowed(ObjectValue target, @Nullable ObjectValue before) {
        ObjectValue old = before == null ? ObjectValue.EMPTY : before.objectOrEmpty("scaleTargetRef");
        if (before != null
                && target.stringOrEmpty("apiVersion").equals(old.stringOrEmpty("apiVersion"))
                && target.stringOrEmpty("kind").equals(old.stringOrEmpty("kind"))) {
            return ApiVersion.UNCHECKED;
        }
        return target.stringOrEmpty("kind").equals("ReplicationController") ? ApiVersion.ANY : ApiVersion.GROUPED;
    }

    private static ApiVersion described(ArrayValue before) {
        for (ObjectValue metric : before.objects()) {
            ObjectValue object = metric.getObject("object");
            if (metric.stringOrEmpty("type").equals("Object")
                    && object != null
                    && TargetReferences.problem(object.objectOrEmpty("describedObject"), ApiVersion.ANY) != null) {
                return ApiVersion.UNCHECKED;
            }
        }
        return ApiVersion.ANY;
    }

    private static void status(ObjectValue status, FieldErrors errors) {
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            FieldChecks.nonNegative(
                    conditions.objectAt(i), STATUS.field("conditions").index(i), errors, "observedGeneration");
        }
        FieldChecks.nonNegative(status, STATUS, errors, "currentReplicas", "desiredReplicas");
    }
}
