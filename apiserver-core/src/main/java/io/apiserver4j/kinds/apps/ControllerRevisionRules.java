// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;

/** Revisions of stateful sets and daemon sets: whatever object, which never changes. */
public final class ControllerRevisionRules implements KindRules {
    private static final ValuePath DATA = ValuePath.of("data");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        FieldChecks.nonNegative(object, ValuePath.ROOT, errors, "revision");
        Value data = object.get("data");
        if (data == null || data.isNull()) {
            errors.required(DATA, "data is mandatory");
        } else if (data.asObject() == null) {
            errors.required(DATA, "data must be a valid JSON object");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldChecks.nonNegative(updated, ValuePath.ROOT, errors, "revision");
        FieldChecks.immutable(updated.get("data"), current.get("data"), DATA, errors);
    }
}
