// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** Classes of attributes of volumes; nothing of them changes. */
public final class VolumeAttributesClassRules implements KindRules {
    private static final ValuePath DRIVER = ValuePath.of("driverName");
    private static final ValuePath PARAMETERS = ValuePath.of("parameters");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        String driver = object.stringOrEmpty("driverName");
        if (driver.isEmpty()) {
            errors.required(DRIVER, "");
        }
        ClassRules.driver(driver, DRIVER, errors);
        ClassRules.parameters(object.objectOrEmpty("parameters"), true, PARAMETERS, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (!updated.stringOrEmpty("driverName").equals(current.stringOrEmpty("driverName"))) {
            errors.forbidden(DRIVER, "updates to driverName are forbidden.");
        }
        if (!updated.objectOrEmpty("parameters").equals(current.objectOrEmpty("parameters"))) {
            errors.forbidden(PARAMETERS, "updates to parameters are forbidden.");
        }
        validate(updated, context, errors);
    }
}
