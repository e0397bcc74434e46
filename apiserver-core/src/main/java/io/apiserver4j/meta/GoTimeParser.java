// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Reads a time as Go's {@code time.Parse} does with the layouts of RFC 3339, element by element, with its texts about the
 * first one that does not fit. Hours may have one digit and offsets may be of 24 hours and 60 minutes there.
 */
final class GoTimeParser {
    private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
    private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";

    private final String text;
    private final boolean micros;
    private String rest;

    private int nanos;

    GoTimeParser(String text, boolean micros) {
        this.text = text;
        this.rest = text;
        this.micros = micros;
    }

    Instant parse() {
        int year = year();
        literal("-");
        int month = number("01", true);
        if (month < 1 || month > 12) {
            throw outOfRange("month");
        }
        literal("-");
        int day = number("02", true);
        literal("T");
        int hour = number("15", false);
        if (hour > 23) {
            throw outOfRange("hour");
        }
        literal(":");
        int minute = number("04", true);
        if (minute > 59) {
            throw outOfRange("minute");
        }
        literal(":");
        int second = number("05", true);
        if (second > 59) {
            throw outOfRange("second");
        }
        fraction();
        int offset = offset();
        if (!rest.isEmpty()) {
            throw failure(": extra text: " + quote(rest));
        }
        if (day < 1 || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
            throw outOfRange("day");
        }
        return LocalDate.of(year, month, day)
                .atTime(hour, minute, second, nanos)
                .toInstant(ZoneOffset.UTC)
                .minusSeconds(offset);
    }

    private int year() {
        if (rest.length() < 4 || !digits(rest, 0, 4)) {
            throw cannotParse(rest, "2006");
        }
        int year = Integer.parseInt(rest.substring(0, 4));
        rest = rest.substring(4);
        return year;
    }

    private void literal(String expected) {
        if (!rest.startsWith(expected)) {
            throw cannotParse(rest, expected);
        }
        rest = rest.substring(1);
    }

    private int number(String element, boolean twoDigits) {
        int digits = digits(rest, 0, 2) ? 2 : !twoDigits && digits(rest, 0, 1) ? 1 : 0;
        if (digits == 0) {
            throw cannotParse(rest, element);
        }
        int number = Integer.parseInt(rest.substring(0, digits));
        rest = rest.substring(digits);
        return number;
    }

    private void fraction() {
        if (micros) {
            if (rest.length() < 7 || !separator(rest) || !signedDigits(rest.substring(1, 7))) {
                throw cannotParse(rest, ".000000");
            }
            int number = Integer.parseInt(rest.substring(1, 7));
            rest = rest.substring(7);
            if (number < 0) {
                throw outOfRange("fractional second");
            }
            nanos = number * 1000;
        } else if (rest.length() >= 2 && separator(rest) && digits(rest, 1, 2)) {
            int end = 2;
            while (digits(rest, end, end + 1)) {
                end++;
            }
            String digits = rest.substring(1, Math.min(end, 10));
            nanos = Integer.parseInt(digits + "0".repeat(9 - digits.length()));
            rest = rest.substring(end);
        }
    }

    private static boolean separator(String text) {
        return text.charAt(0) == '.' || text.charAt(0) == ',';
    }

    /** Go reads these digits by a function that takes a sign. */
    private static boolean signedDigits(String text) {
        boolean sign = text.charAt(0) == '-' || text.charAt(0) == '+';
        return digits(text, sign ? 1 : 0, text.length());
    }

    private int offset() {
        String element = "Z07:00";
        String hold = rest;
        if (rest.startsWith("Z")) {
            rest = rest.substring(1);
            return 0;
        }
        if (rest.length() < 6 || rest.charAt(3) != ':') {
            throw cannotParse(hold, element);
        }
        rest = rest.substring(6);
        boolean hours = digits(hold, 1, 3);
        int hour = hours ? Integer.parseInt(hold.substring(1, 3)) : 0;
        boolean minutes = hours && digits(hold, 4, 6);
        int minute = minutes ? Integer.parseInt(hold.substring(4, 6)) : 0;
        if (minute > 60) {
            throw outOfRange("time zone offset minute");
        }
        if (hour > 24) {
            throw outOfRange("time zone offset hour");
        }
        if (!minutes || hold.charAt(0) != '+' && hold.charAt(0) != '-') {
            throw cannotParse(hold, element);
        }
        int seconds = (hour * 60 + minute) * 60;
        return hold.charAt(0) == '-' ? -seconds : seconds;
    }

    private static boolean digits(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private ScalarSyntaxException cannotParse(String value, String element) {
        return new ScalarSyntaxException("parsing time " + quote(text) + " as " + quote(micros ? MICROS : SECONDS)
                + ": cannot parse " + quote(value) + " as " + quote(element));
    }

    private ScalarSyntaxException outOfRange(String what) {
        return failure(": " + what + " out of range");
    }

    private ScalarSyntaxException failure(String message) {
        return new ScalarSyntaxException("parsing time " + quote(text) + message);
    }

    /** A text in quotes, as Go's package time writes it: bytes that are no printable ASCII as {@code \x..}. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder().append('"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0x20) { // above 0x7f is negative
                out.append("\\x").append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            } else {
                if (b == '"' || b == '\\') {
                    out.append('\\');
                }
                out.append((char) b);
            }
        }
        return out.append('"').toString();
    }
}
