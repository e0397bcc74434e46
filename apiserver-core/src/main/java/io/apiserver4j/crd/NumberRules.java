// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ValuePath;

/** Ranges of number formats, bounds and multiples. */
final class NumberRules {
    private NumberRules() {}

    /** True for a number without fraction that an integer of 64 bits can hold, however it was written. */
    static boolean isIntegral(NumberValue number) {
        double value = number.doubleValue();
        return number.isInteger() || value == Math.rint(value) && Math.abs(value) < 0x1p53;
    }

    static void check(StructuralSchema schema, NumberValue number, ValuePath path, FieldErrors errors) {
        range(schema, number, path, errors);
        StructuralSchema.Bounds bounds = schema.bounds;
        Double factor = bounds.multipleOf();
        if (factor != null && factor > 0 && !isMultiple(number.doubleValue(), factor)) {
            blame(number, "a multiple of", factor, path, errors);
        }
        Double maximum = bounds.maximum();
        Double minimum = bounds.minimum();
        if (minimum != null && breaks(compare(number, minimum), -1, bounds.exclusiveMinimum())) {
            blame(
                    number,
                    bounds.exclusiveMinimum() ? "greater than" : "greater than or equal to",
                    minimum,
                    path,
                    errors);
        }
        if (maximum != null && breaks(compare(number, maximum), 1, bounds.exclusiveMaximum())) {
            blame(number, bounds.exclusiveMaximum() ? "less than" : "less than or equal to", maximum, path, errors);
        }
    }

    private static boolean breaks(int comparison, int beyond, boolean exclusive) {
        return comparison == beyond || exclusive && comparison == 0;
    }

    /** Integers are compared with the integral part of the bound, as the real validator does. */
    private static int compare(NumberValue number, double bound) {
        return number.isInteger()
                ? Long.compare(number.longValue(), (long) bound)
                : Double.compare(number.doubleValue(), bound);
    }

    private static boolean isMultiple(double value, double factor) {
        double times = value / factor;
        return Math.abs(times - Math.rint(times)) < 1e-9;
    }

    private static void blame(NumberValue number, String words, double bound, ValuePath path, FieldErrors errors) {
        String shown = number.isInteger()
                ? Long.toString((long) bound)
                : NumberValue.of(bound).plain();
        errors.invalid(path, number, path + " in body should be " + words + " " + shown);
    }

    private static void range(StructuralSchema schema, NumberValue number, ValuePath path, FieldErrors errors) {
        String type = schema.types.size() == 1 ? schema.types.get(0) : "";
        boolean fits = true;
        if (type.equals("integer")) {
            fits = isIntegral(number) && fits(schema.format, number.doubleValue());
        } else if (type.equals("number") && schema.format.equals("float")) {
            fits = Math.abs(number.doubleValue()) <= Float.MAX_VALUE;
        }
        if (!fits) {
            String words =
                    schema.format.isEmpty() ? type + " (default format)" : type + " with format " + schema.format;
            errors.add(new FieldError(
                    FieldError.Type.INVALID,
                    "<nil>",
                    "Invalid value: \"\": Checked value must be of type " + words + " in " + path));
        }
    }

    private static boolean fits(String format, double value) {
        return switch (format) {
            case "int32" -> value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
            case "uint32" -> value >= 0 && value <= 0xFFFFFFFFL;
            case "uint64" -> value >= 0;
            default -> true;
        };
    }
}
