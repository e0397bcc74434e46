// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.coordination;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Leases. Coordinated election is behind a gate that is off: its fields go, unless they are there already. */
public final class LeaseRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final List<String> GATED = List.of("strategy", "preferredHolder");
    private static final List<String> STRATEGIES = List.of("OldestEmulationVersion");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return prepareForUpdate(object, ObjectValue.EMPTY, context);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        ObjectValue before = current.objectOrEmpty("spec");
        ObjectValue out = updated;
        for (String member : GATED) {
            if (!before.has(member)) {
                out = out.withoutAt("spec", member);
            }
        }
        return out;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        long duration = spec.longOr("leaseDurationSeconds", 1);
        if (duration <= 0) {
            errors.invalid(SPEC.field("leaseDurationSeconds"), duration, "must be greater than 0");
        }
        long transitions = spec.longOr("leaseTransitions", 0);
        if (transitions < 0) {
            errors.invalid(SPEC.field("leaseTransitions"), transitions, "must be greater than or equal to 0");
        }
        String strategy = spec.getString("strategy");
        if (strategy != null) {
            strategy(strategy, SPEC.fields("strategy", "strategy"), errors);
        }
        if (!spec.stringOrEmpty("preferredHolder").isEmpty() && (strategy == null || strategy.isEmpty())) {
            errors.forbidden(SPEC.field("preferredHolder"), "may only be specified if `strategy` is defined");
        }
    }

    private static void strategy(String strategy, ValuePath path, FieldErrors errors) {
        if (!strategy.contains("/")) {
            if (!STRATEGIES.contains(strategy)) {
                errors.notSupportedShown(path, FieldErrors.json(strategy), STRATEGIES);
            }
            return;
        }
        for (String problem : NameRules.qualifiedName(strategy)) {
            errors.invalidShown(path, FieldErrors.json(strategy), problem);
        }
    }
}
