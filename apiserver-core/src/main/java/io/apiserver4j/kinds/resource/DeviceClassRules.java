// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.DeclaredRules;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** DeviceClasses: selectors and configurations that claims refer to. */
public final class DeviceClassRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");

    @Override
    public NameRule nameRule() {
        return (name, prefix) -> prefix ? List.of() : NameRules.longName(name);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object, ObjectValue.EMPTY, errors);
        DeclaredRules.check("DeviceClass", object, null, errors);
    }

    private static void spec(ObjectValue object, ObjectValue before, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        ArrayValue selectors = spec.arrayOrEmpty("selectors");
        DeviceSelection.selectors(
                selectors,
                !selectors.isEmpty() && !FieldChecks.changed(selectors, before.get("selectors")),
                SPEC.field("selectors"),
                errors);
        ArrayValue configurations = spec.arrayOrEmpty("config");
        boolean kept = !FieldChecks.changed(configurations, before.get("config"));
        for (int i = 0; i < configurations.size() && configurations.size() <= DeviceSelection.MAX_CONFIGURATIONS; i++) {
            DeviceSelection.configuration(
                    configurations.objectAt(i), kept, SPEC.field("config").index(i), errors);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        spec(updated, current.objectOrEmpty("spec"), errors);
        DeclaredRules.check("DeviceClass", updated, current, errors);
    }
}
