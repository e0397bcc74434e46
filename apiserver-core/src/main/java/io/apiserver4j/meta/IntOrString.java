// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Fields that hold a 32 bit integer or a text: ports by number or name, budgets by count or percentage. Works on the nodes
 * themselves (k8s.io/apimachinery util/intstr).
 */
public final class IntOrString {
    private IntOrString() {}

    /** True where the node is a number. */
    public static boolean isInt(Value value) {
        return value.asNumber() != null;
    }

    /** The number, or the number that a text spells; 0 where it spells none. */
    public static long intValue(Value value) {
        NumberValue number = value.asNumber();
        if (number != null) {
            return number.longValue();
        }
        String text = value.asString();
        return text != null && GoNumbers.isInt(text) ? GoNumbers.parseInt(text) : 0;
    }

    /** The text, or the digits of the number. */
    public static String text(Value value) {
        String text = value.asString();
        return text != null ? text : Long.toString(intValue(value));
    }

    /** The node for a text: a number where it spells one of 32 bits. */
    public static Value of(String text) {
        if (GoNumbers.isInt(text)) {
            long number = GoNumbers.parseInt(text);
            if (number == (int) number) {
                return Value.of(number);
            }
        }
        return Value.of(text);
    }

    /** The number before the percent sign, or null where the node is no text of the form {@code 25%}. */
    public static @Nullable Long percent(Value value) {
        String text = value.asString();
        if (text == null || !NameRules.percent(text).isEmpty()) {
            return null;
        }
        String digits = text.substring(0, text.length() - 1);
        return GoNumbers.isInt(digits) ? GoNumbers.parseInt(digits) : Long.valueOf(0);
    }

    /**
     * The number, or the percentage of a total.
     *
     * @param roundUp whether a fraction counts as one
     * @throws ScalarSyntaxException with Kubernetes' text where a text is no percentage
     */
    public static long scaled(Value value, long total, boolean roundUp) {
        String text = value.asString();
        if (text == null) {
            return intValue(value);
        }
        if (!text.endsWith("%")) {
            throw new ScalarSyntaxException("invalid value for IntOrString: invalid type: string is not a percentage");
        }
        long percent;
        try {
            percent = GoNumbers.atoi(text.substring(0, text.length() - 1));
        } catch (ScalarSyntaxException e) {
            throw new ScalarSyntaxException(
                    "invalid value for IntOrString: invalid value " + GoText.quote(text) + ": " + e.text());
        }
        double exact = (double) percent * total / 100;
        return (long) (roundUp ? Math.ceil(exact) : Math.floor(exact));
    }
}
