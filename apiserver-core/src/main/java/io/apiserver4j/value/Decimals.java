// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.math.BigDecimal;

/** Decimal numbers in the shortest form that JSON texts of Kubernetes carry (Go's form of a float64). */
final class Decimals {
    private Decimals() {}

    static String format(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= 1e-6 && size < 1e21) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        StringBuilder out = new StringBuilder(24);
        if (value < 0) {
            out.append('-');
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int power = Math.abs(exponent);
        // Go's encoder drops the leading zero of a negative one-digit exponent (1e-09 becomes 1e-9) and keeps it of none.
        if (power < 10 && exponent > 0) {
            out.append('0');
        }
        return out.append(power).toString();
    }
}
