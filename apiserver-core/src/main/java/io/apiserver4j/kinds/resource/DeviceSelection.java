// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/**
 * Selectors and configurations, which claims and classes have. What expressions of selectors may cost is not estimated.
 */
final class DeviceSelection {
    static final int MAX_SELECTORS = 32;
    static final int MAX_CONFIGURATIONS = 32;

    private static final int MAX_EXPRESSION = 10 * 1024;
    private static final int MAX_PARAMETERS = 10 * 1024;

    private DeviceSelection() {}

    /** Checks selectors; those that were kept before may be as long as they are. */
    static void selectors(ArrayValue selectors, boolean kept, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < selectors.size() && selectors.size() <= MAX_SELECTORS; i++) {
            ObjectValue cel = selectors.objectAt(i).getObject("cel");
            ValuePath at = path.index(i).field("cel");
            if (cel == null) {
                errors.required(at, "");
            } else if (!kept && GoText.byteLength(cel.stringOrEmpty("expression")) > MAX_EXPRESSION) {
                errors.tooLong(at.field("expression"), MAX_EXPRESSION);
            } else if (!kept) {
                DeviceExpressions.check(cel.stringOrEmpty("expression"), at.field("expression"), errors);
            }
        }
    }

    /** The part of a configuration that says what a driver gets; the driver is checked by declaration. */
    static void configuration(ObjectValue configuration, boolean kept, ValuePath path, FieldErrors errors) {
        ObjectValue opaque = configuration.getObject("opaque");
        if (opaque == null) {
            errors.required(path.field("opaque"), "");
        } else {
            rawObject(opaque.get("parameters"), kept, MAX_PARAMETERS, path.fields("opaque", "parameters"), errors);
        }
    }

    /** Something that only its reader knows, but an object. */
    static void rawObject(@Nullable Value value, boolean kept, int maximum, ValuePath path, FieldErrors errors) {
        if (value == null || value.isNull()) {
            errors.required(path, "");
        } else if (!kept && GoText.byteLength(value.toString()) > maximum) {
            errors.tooLong(path, maximum);
        } else if (value.asObject() == null) {
            errors.invalid(path, "<value omitted>", "must be a valid JSON object");
        }
    }
}
