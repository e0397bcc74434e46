// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a driver of CSI could still make, where. */
public final class CsiStorageCapacityRules implements KindRules {
    private static final ValuePath TOPOLOGY = ValuePath.of("nodeTopology");
    private static final ValuePath CLASS = ValuePath.of("storageClassName");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, EmbeddedRules.Leniency.NONE, errors);
    }

    private static void check(ObjectValue object, EmbeddedRules.Leniency leniency, FieldErrors errors) {
        topology(object.getObject("nodeTopology"), leniency, errors);
        String className = object.stringOrEmpty("storageClassName");
        errors.invalidAll(CLASS, className, NameRules.dns1123Subdomain(className));
        String capacity = object.getString("capacity");
        if (capacity != null && Quantity.parse(capacity).sign() < 0) {
            errors.invalid(ValuePath.of("capacity"), capacity, "must be greater than or equal to 0");
        }
    }

    private static void topology(@Nullable ObjectValue topology, EmbeddedRules.Leniency leniency, FieldErrors errors) {
        if (topology != null) {
            EmbeddedRules.labelSelector(topology, leniency, TOPOLOGY, errors);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        topology(current.getObject("nodeTopology"), EmbeddedRules.Leniency.NONE, before);
        check(updated, before.isEmpty() ? EmbeddedRules.Leniency.NONE : EmbeddedRules.Leniency.INVALID_VALUES, errors);
        FieldChecks.immutable(updated.get("nodeTopology"), current.get("nodeTopology"), TOPOLOGY, errors);
        FieldChecks.immutableTexts(updated, current, ValuePath.ROOT, errors, "storageClassName");
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        ObjectValue topology = object.objectOrEmpty("nodeTopology");
        List<String> out = new ArrayList<>();
        List<ObjectValue> expressions =
                topology.arrayOrEmpty("matchExpressions").objects();
        for (int i = 0; i < expressions.size(); i++) {
            String key = expressions.get(i).stringOrEmpty("key");
            String text = PodWarnings.ofNodeLabel(key);
            if (text != null) {
                out.add(TOPOLOGY.field("matchExpressions").index(i).field("key") + ": " + key + " is " + text);
            }
        }
        for (ObjectValue.Member label : topology.objectOrEmpty("matchLabels")) {
            String text = PodWarnings.ofNodeLabel(label.key());
            if (text != null) {
                out.add(TOPOLOGY.fields("matchLabels", label.key()) + ": " + text);
            }
        }
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }
}
