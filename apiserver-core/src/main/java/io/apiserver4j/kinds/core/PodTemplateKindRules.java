// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodTemplateRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Templates of pods as objects of their own. */
public final class PodTemplateKindRules implements KindRules {
    private static final String TEMPLATE = "template";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.has(TEMPLATE)
                ? object.update(TEMPLATE, template -> PodTemplateRules.prepared(template, null))
                : object;
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return updated.has(TEMPLATE)
                ? updated.update(
                        TEMPLATE, template -> PodTemplateRules.prepared(template, current.objectOrEmpty(TEMPLATE)))
                : updated;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        PodTemplateRules.validate(object.objectOrEmpty(TEMPLATE), null, ValuePath.of(TEMPLATE), errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        PodTemplateRules.validate(
                updated.objectOrEmpty(TEMPLATE), current.objectOrEmpty(TEMPLATE), ValuePath.of(TEMPLATE), errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return PodTemplateRules.warnings(object.objectOrEmpty(TEMPLATE), null, ValuePath.of(TEMPLATE));
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return ObjectMeta.of(updated).generation() == ObjectMeta.of(current).generation()
                ? List.of()
                : warningsOnCreate(updated, context);
    }
}
