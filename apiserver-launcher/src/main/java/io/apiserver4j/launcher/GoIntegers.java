// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.math.BigInteger;

/** Integers of flags: as {@code strconv.ParseInt} reads them in base 0, with prefixes of bases and underscores. */
final class GoIntegers {
    private GoIntegers() {}

    /** The number; throws {@link ScalarSyntaxException} with Go's text. */
    static long parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int prefix = prefix(digits);
        int base = base(digits, prefix);
        String bare = withoutUnderscores(digits.substring(prefix), base != 10);
        if (!allDigits(bare, base)) {
            throw failure(text, "invalid syntax");
        }
        BigInteger number = new BigInteger(text.startsWith("-") ? "-" + bare : bare, base);
        if (number.bitLength() > 63) {
            throw failure(text, "value out of range");
        }
        return number.longValue();
    }

    /** How many characters say the base: 0x, 0b, 0o, or 0 alone before further digits. */
    private static int prefix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 0;
        }
        return "xXbBoO".indexOf(digits.charAt(1)) >= 0 ? 2 : 1;
    }

    private static int base(String digits, int prefix) {
        if (prefix < 2) {
            return prefix == 0 ? 10 : 8;
        }
        char letter = Character.toLowerCase(digits.charAt(1));
        return letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    }

    /** Single underscores between digits, or between a prefix and a digit, mean nothing. */
    private static String withoutUnderscores(String digits, boolean prefixed) {
        if (digits.indexOf('_') < 0) {
            return digits;
        }
        boolean misplaced = digits.endsWith("_") || digits.contains("__") || !prefixed && digits.startsWith("_");
        return misplaced ? "" : digits.replace("_", "");
    }

    private static boolean allDigits(String digits, int base) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), base) < 0) {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    private static ScalarSyntaxException failure(String text, String what) {
        return new ScalarSyntaxException("strconv.ParseInt: parsing " + GoText.quote(text) + ": " + what);
    }
}
