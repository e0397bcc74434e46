// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.NullValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Texts of values, and texts as sequences of code points. */
final class Texts {
    private Texts() {}

    /** A value as messages show it. */
    static String of(Object value) {
        if (value instanceof CelBytes bytes) {
            return new String(bytes.bytes(), StandardCharsets.UTF_8);
        }
        if (value instanceof Double number) {
            return decimal(number);
        }
        if (value instanceof Instant time) {
            return Times.text(time);
        }
        if (value instanceof Duration time) {
            return Times.text(time);
        }
        if (value == NullValue.NULL) {
            return "null";
        }
        return String.valueOf(value);
    }

    /** A decimal as Go's {@code %g} prints it. */
    static String decimal(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        return io.apiserver4j.value.NumberValue.of(number).plain();
    }

    /** Number of code points. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Order by code points, which is the order of the bytes in UTF-8. */
    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                boolean oneHigh = Character.isSurrogate(one);
                boolean otherHigh = Character.isSurrogate(other);
                return oneHigh != otherHigh ? (oneHigh ? 1 : -1) : Character.compare(one, other);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
