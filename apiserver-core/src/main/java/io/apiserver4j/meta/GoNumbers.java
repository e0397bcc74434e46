// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

/**
 * Numbers in texts as Go's {@code strconv} reads them in base 10: ASCII digits only, no blanks, no underscores. Failures
 * carry Go's texts, which clients see in answers to bad parameters.
 */
public final class GoNumbers {
    private GoNumbers() {}

    /** A signed 64 bit integer; throws {@link ScalarSyntaxException} with the text of {@code strconv.ParseInt}. */
    public static long parseInt(String text) {
        return signed(text, Long.MIN_VALUE, Long.MAX_VALUE, "ParseInt");
    }

    /** A signed 32 bit integer; throws {@link ScalarSyntaxException} with the text of {@code strconv.ParseInt}. */
    public static int parseInt32(String text) {
        return (int) signed(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "ParseInt");
    }

    /** A signed 64 bit integer; throws {@link ScalarSyntaxException} with the text of {@code strconv.Atoi}. */
    public static long atoi(String text) {
        return signed(text, Long.MIN_VALUE, Long.MAX_VALUE, "Atoi");
    }

    /**
     * An unsigned 64 bit integer, to be read with the unsigned methods of {@link Long}; throws
     * {@link ScalarSyntaxException} with the text of {@code strconv.ParseUint}.
     */
    public static long parseUint(String text) {
        if (!digits(text, 0)) {
            throw syntax("ParseUint", text);
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw range("ParseUint", text);
        }
    }

    /** A boolean; throws {@link ScalarSyntaxException} with the text of {@code strconv.ParseBool}. */
    public static boolean parseBool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw syntax("ParseBool", text);
        };
    }

    /** True where {@link #parseInt} would succeed. */
    public static boolean isInt(String text) {
        int start = signLength(text);
        if (!digits(text, start)) {
            return false;
        }
        if (text.length() - start < 19) {
            return true;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long signed(String text, long minimum, long maximum, String function) {
        if (!digits(text, signLength(text))) {
            throw syntax(function, text);
        }
        try {
            long number = Long.parseLong(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // all digits, so it can only be too large
        }
        throw range(function, text);
    }

    private static int signLength(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }

    private static ScalarSyntaxException syntax(String function, String text) {
        return new ScalarSyntaxException(
                "strconv." + function + ": parsing " + GoText.quote(text) + ": invalid syntax");
    }

    private static ScalarSyntaxException range(String function, String text) {
        return new ScalarSyntaxException(
                "strconv." + function + ": parsing " + GoText.quote(text) + ": value out of range");
    }
}
