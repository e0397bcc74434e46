// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IntOrString;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/** Fields that say how many of something, as a number or as a percentage: budgets and the paces of roll-outs. */
public final class IntOrPercentRules {
    private IntOrPercentRules() {}

    /** A number that is not negative, or a percentage. An absent field breaks no rule. */
    public static void countOrPercent(ObjectValue holder, String name, ValuePath path, FieldErrors errors) {
        Value value = holder.get(name);
        String text = value == null ? null : value.asString();
        if (text == null) {
            FieldChecks.nonNegative(holder, path, errors, name);
        } else {
            errors.invalidAll(path.field(name), text, NameRules.percent(text));
        }
    }

    /** A percentage of a whole has its end at 100. */
    public static void atMostAll(ObjectValue holder, String name, ValuePath path, FieldErrors errors) {
        Value value = holder.get(name);
        Long percent = value == null ? null : IntOrString.percent(value);
        if (value != null && percent != null && percent > 100) {
            errors.invalid(path.field(name), value, "must not be greater than 100%");
        }
    }

    /** The number before the percent sign, or the number; 0 where there is none. */
    public static long amount(@Nullable Value value) {
        if (value == null) {
            return 0;
        }
        Long percent = IntOrString.percent(value);
        return percent == null ? IntOrString.intValue(value) : percent;
    }
}
