// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.Map;

/**
 * Durations as Go writes them ({@code 1h30m}, {@code 2.5s}), in nanoseconds. Reading fails with Go's texts.
 */
public final class GoDuration {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "\u00b5s",
            1_000L,
            "\u03bcs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            SECOND,
            "m",
            60 * SECOND,
            "h",
            3600 * SECOND);

    private GoDuration() {}

    /** Nanoseconds of a duration; throws {@link ScalarSyntaxException} with the text of Go's {@code ParseDuration}. */
    public static long parse(String text) {
        String rest = text;
        boolean negative = false;
        if (!rest.isEmpty() && (rest.charAt(0) == '-' || rest.charAt(0) == '+')) {
            negative = rest.charAt(0) == '-';
            rest = rest.substring(1);
        }
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty()) {
            throw invalid(text);
        }
        long total = 0; // as an unsigned number: the least negative duration is one more than the largest
        while (!rest.isEmpty()) {
            int point = digits(rest, 0);
            int end = point < rest.length() && rest.charAt(point) == '.' ? digits(rest, point + 1) : point;
            int unitEnd = unit(rest, end);
            String whole = rest.substring(0, point);
            String fraction = end > point ? rest.substring(point + 1, end) : "";
            if (whole.isEmpty() && fraction.isEmpty()) {
                throw invalid(text);
            }
            long count = count(whole, text);
            if (unitEnd == end) {
                throw new ScalarSyntaxException("time: missing unit in duration " + GoTimeParser.quote(text));
            }
            String unit = rest.substring(end, unitEnd);
            Long size = UNITS.get(unit);
            if (size == null) {
                throw new ScalarSyntaxException(
                        "time: unknown unit " + GoTimeParser.quote(unit) + " in duration " + GoTimeParser.quote(text));
            }
            if (Long.compareUnsigned(count, Long.divideUnsigned(Long.MIN_VALUE, size)) > 0) {
                throw invalid(text);
            }
            long part = count * size + part(fraction, size);
            if (Long.compareUnsigned(part, Long.MIN_VALUE) > 0) {
                throw invalid(text);
            }
            total += part;
            if (Long.compareUnsigned(total, Long.MIN_VALUE) > 0) {
                throw invalid(text);
            }
            rest = rest.substring(unitEnd);
        }
        if (total == Long.MIN_VALUE && !negative) {
            throw invalid(text);
        }
        return negative ? -total : total;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int unit(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '.' && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
            at++;
        }
        return at;
    }

    private static long count(String digits, String text) {
        long count = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (Long.compareUnsigned(count, Long.MIN_VALUE / -10) > 0) {
                throw invalid(text);
            }
            count = count * 10 + digits.charAt(i) - '0';
            if (Long.compareUnsigned(count, Long.MIN_VALUE) > 0) {
                throw invalid(text);
            }
        }
        return count;
    }

    /** The nanoseconds of a fraction, cut; digits beyond the precision of a 64 bit number do not count. */
    private static long part(String fraction, long size) {
        long number = 0;
        double scale = 1;
        for (int i = 0; i < fraction.length() && number <= (Long.MAX_VALUE - 9) / 10; i++) {
            number = number * 10 + fraction.charAt(i) - '0';
            scale *= 10;
        }
        return (long) (number * (size / scale));
    }

    private static ScalarSyntaxException invalid(String text) {
        return new ScalarSyntaxException("time: invalid duration " + GoTimeParser.quote(text));
    }

    /** The text of a duration of nanoseconds, as Go prints it: {@code 1h30m0s}, {@code 1.5s}, {@code 2ms}, {@code 0s}. */
    public static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long size = nanos < 0 ? -nanos : nanos; // the least number stays itself, and is right when read as unsigned
        if (Long.compareUnsigned(size, SECOND) < 0) {
            if (size < 1_000) {
                return sign + size + "ns";
            }
            return size < 1_000_000 ? sign + decimal(size, 1_000) + "\u00b5s" : sign + decimal(size, 1_000_000) + "ms";
        }
        long seconds = Long.divideUnsigned(size, SECOND);
        long fraction = Long.remainderUnsigned(size, SECOND);
        StringBuilder out = new StringBuilder(sign);
        if (seconds >= 3600) {
            out.append(seconds / 3600).append('h');
        }
        if (seconds >= 60) {
            out.append(seconds / 60 % 60).append('m');
        }
        return out.append(decimal(seconds % 60 * SECOND + fraction, SECOND))
                .append('s')
                .toString();
    }

    private static String decimal(long number, long unit) {
        long fraction = number % unit;
        if (fraction == 0) {
            return Long.toString(number / unit);
        }
        String digits = Long.toString(unit + fraction).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return number / unit + "." + digits.substring(0, end);
    }
}
