// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Decimal numbers in the shortest form that Go gives a float64. */
final class Decimals {
    private Decimals() {}

    /** As Go's JSON encoder writes it: exponents below 1e-6 and from 1e21 on. */
    static String format(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        double size = Math.abs(value);
        BigDecimal exact = shortest(value);
        if (size >= 1e-6 && size < 1e21) {
            return exact.toPlainString();
        }
        return scientific(exact, 1);
    }

    /** As Go's {@code %v} prints it: exponents below 1e-4 and from 1e6 on, with two digits at least. */
    static String formatPlain(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = shortest(value);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        return scientific(exact, 2);
    }

    private static String scientific(BigDecimal exact, int digitsOfNegativeExponent) {
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        StringBuilder out = new StringBuilder(24);
        if (exact.signum() < 0) {
            out.append('-');
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int power = Math.abs(exponent);
        // Go's JSON encoder drops the leading zero of a negative one-digit exponent (1e-09 becomes 1e-9) and of no
        // other.
        if (power < 10 && (exponent > 0 || digitsOfNegativeExponent == 2)) {
            out.append('0');
        }
        return out.append(power).toString();
    }

    /** The decimal with the fewest digits that reads as this double, the nearest one among several. */
    private static BigDecimal shortest(double value) {
        BigDecimal candidate = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Up to 15 digits no two decimals read as the same normal double. Above, and for the least numbers, JDKs before
        // 19
        // may print a digit too many.
        if (candidate.precision() <= 15 && Math.abs(value) >= Double.MIN_NORMAL) {
            return candidate;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = candidate;
        for (int precision = candidate.precision(); precision > 0; precision--) {
            BigDecimal shorter = rounded(exact, value, precision);
            if (shorter == null) {
                break;
            }
            best = shorter;
        }
        return best.stripTrailingZeros();
    }

    /** The nearest decimal of so many digits that reads as the double, or null where none does. */
    private static @Nullable BigDecimal rounded(BigDecimal exact, double value, int precision) {
        BigDecimal nearest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        if (nearest.doubleValue() == value) {
            return nearest;
        }
        // next to a power of two the other neighbour may still be close enough
        BigDecimal down = exact.round(new MathContext(precision, RoundingMode.DOWN));
        BigDecimal other = down.equals(nearest) ? exact.round(new MathContext(precision, RoundingMode.UP)) : down;
        return other.doubleValue() == value ? other : null;
    }
}
