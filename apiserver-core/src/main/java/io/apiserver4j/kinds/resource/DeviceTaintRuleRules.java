// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.DeclaredRules;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.Objects;

/** DeviceTaintRules: taints on devices that a selector names. A taint with another effect counts from now. */
public final class DeviceTaintRuleRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final int MAX_CONDITIONS = 8;

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (!context.subresource().isEmpty()) {
            return updated;
        }
        ObjectValue now = updated.objectAt("spec", "taint");
        ObjectValue before = current.objectAt("spec", "taint");
        boolean same = now.stringOrEmpty("effect").equals(before.stringOrEmpty("effect"));
        if (same || !Objects.equals(now.getString("timeAdded"), before.getString("timeAdded"))) {
            return updated;
        }
        return updated.withAt(now.with("timeAdded", Timestamp.format(context.now())), "spec", "taint");
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object, errors);
        DeclaredRules.check("DeviceTaintRule", object, null, errors);
    }

    private static void spec(ObjectValue object, FieldErrors errors) {
        ObjectValue selector = object.objectAt("spec", "deviceSelector");
        ValuePath path = SPEC.field("deviceSelector");
        String driver = selector.getString("driver");
        if (driver != null) {
            DeviceNames.driver(driver, path.field("driver"), errors);
        }
        String pool = selector.getString("pool");
        if (pool != null) {
            DeviceNames.pool(pool, path.field("pool"), errors);
        }
        String device = selector.getString("device");
        if (device != null) {
            DeviceNames.label(device, path.field("device"), errors);
        }
        DeviceTaints.taint(object.objectAt("spec", "taint"), SPEC.field("taint"), errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            spec(updated, errors);
        } else {
            ArrayValue conditions = updated.objectOrEmpty("status").arrayOrEmpty("conditions");
            ValuePath path = ValuePath.of("status", "conditions");
            EmbeddedRules.conditions(conditions, path, errors);
            if (conditions.size() > MAX_CONDITIONS) {
                errors.tooMany(path, conditions.size(), MAX_CONDITIONS);
            }
        }
        DeclaredRules.check("DeviceTaintRule", updated, current, errors);
    }
}
