// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.flowcontrol;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** FlowSchemas: which requests they take, and that the two that every server needs stay as they are. */
public final class FlowSchemaRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final int MAX_PRECEDENCE = 10_000;

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        String name = ObjectMeta.of(object).name();
        ObjectValue spec = object.objectOrEmpty("spec");
        precedence(name, spec.longOr("matchingPrecedence", 0), SPEC.field("matchingPrecedence"), errors);
        distinguisher(spec, errors);
        level(spec.objectOrEmpty("priorityLevelConfiguration").stringOrEmpty("name"), errors);
        ArrayValue rules = spec.arrayOrEmpty("rules");
        for (int i = 0; i < rules.size(); i++) {
            FlowRules.check(rules.objectAt(i), SPEC.field("rules").index(i), errors);
        }
        ObjectValue fixed = MandatoryObjects.flowSchema(name);
        if (fixed != null && !fixed.equals(spec)) {
            errors.invalidShown(
                    SPEC,
                    InternalForm.shown("flowcontrol.FlowSchemaSpec", spec),
                    "spec of '" + name + "' must equal the fixed value");
        }
    }

    private static void precedence(String name, long precedence, ValuePath path, FieldErrors errors) {
        if (precedence <= 0) {
            errors.invalid(path, precedence, "must be a positive value");
        }
        if (precedence > MAX_PRECEDENCE) {
            errors.invalid(path, precedence, "must not be greater than " + MAX_PRECEDENCE);
        }
        if (precedence == 1 && !name.equals("exempt")) {
            errors.invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
    }

    private static void distinguisher(ObjectValue spec, FieldErrors errors) {
        ObjectValue method = spec.getObject("distinguisherMethod");
        List<String> supported = List.of("ByNamespace", "ByUser");
        if (method != null && !supported.contains(method.stringOrEmpty("type"))) {
            errors.notSupportedShown(
                    SPEC.fields("distinguisherMethod", "type"),
                    InternalForm.shown("flowcontrol.FlowDistinguisherMethod", method),
                    supported);
        }
    }

    private static void level(String level, FieldErrors errors) {
        ValuePath path = SPEC.fields("priorityLevelConfiguration", "name");
        if (level.isEmpty()) {
            errors.required(path, "must reference a priority level");
        } else {
            errors.invalidAll(path, level, NameRules.dns1123Subdomain(level));
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            validate(updated, context, errors);
        }
        FlowConditions.check(updated, errors);
    }
}
