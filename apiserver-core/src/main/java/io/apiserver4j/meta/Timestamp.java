// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Times as the API writes them: RFC 3339 in UTC with whole seconds ({@code Time}) or six digits after them
 * ({@code MicroTime}). Reading takes what Go's {@code time.Parse} takes, offsets and fractions among it, and fails with its
 * texts.
 */
public final class Timestamp {
    private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private Timestamp() {}

    /** Reads a time in seconds; throws {@link ScalarSyntaxException} with Go's text. A fraction is kept. */
    public static Instant parse(String text) {
        Instant fast = fast(text, 0);
        return fast != null ? fast : new GoTimeParser(text, false).parse();
    }

    /** Reads a time that has six digits after its seconds; throws {@link ScalarSyntaxException} with Go's text. */
    public static Instant parseMicro(String text) {
        Instant fast = fast(text, 6);
        return fast != null ? fast : new GoTimeParser(text, true).parse();
    }

    /** The text of a time in whole seconds, cut: {@code 2006-01-02T15:04:05Z}. */
    public static String format(Instant time) {
        return format(time, false);
    }

    /** The text of a time in microseconds, cut: {@code 2006-01-02T15:04:05.000000Z}. */
    public static String formatMicro(Instant time) {
        return format(time, true);
    }

    /**
     * The text that a time in seconds gets when its object is decoded and written again, or null where it is Go's zero
     * time, which is written as null. The same text is returned where it does not change.
     */
    public static @Nullable String canonical(String text) {
        Instant time = fast(text, 0);
        if (time != null) {
            return isZero(time) ? null : text;
        }
        time = parse(text);
        return isZero(time) ? null : format(time);
    }

    /** As {@link #canonical}, for a time in microseconds. */
    public static @Nullable String canonicalMicro(String text) {
        Instant time = fast(text, 6);
        if (time != null) {
            return isZero(time) ? null : text;
        }
        time = parseMicro(text);
        return isZero(time) ? null : formatMicro(time);
    }

    /** True for the first second of the year 1, which Go takes for no time. */
    public static boolean isZero(Instant time) {
        return time.equals(GO_ZERO);
    }

    /** Reads the canonical form; null where the text is anything else. */
    private static @Nullable Instant fast(String text, int fraction) {
        int length = fraction == 0 ? 20 : 21 + fraction;
        if (text.length() != length || text.charAt(length - 1) != 'Z') {
            return null;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            boolean fits = switch (i) {
                case 4, 7 -> c == '-';
                case 10 -> c == 'T';
                case 13, 16 -> c == ':';
                case 19 -> c == '.';
                default -> c >= '0' && c <= '9';
            };
            if (!fits) {
                return null;
            }
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            hour,
                            minute,
                            second,
                            fraction == 0 ? 0 : number(text, 20, 26) * 1000)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String text, int from, int to) {
        int out = 0;
        for (int i = from; i < to; i++) {
            out = out * 10 + text.charAt(i) - '0';
        }
        return out;
    }

    private static String format(Instant time, boolean micros) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(27);
        if (utc.getYear() < 0) {
            out.append('-');
        }
        pad(out, Math.abs(utc.getYear()), 4);
        pad(out.append('-'), utc.getMonthValue(), 2);
        pad(out.append('-'), utc.getDayOfMonth(), 2);
        pad(out.append('T'), utc.getHour(), 2);
        pad(out.append(':'), utc.getMinute(), 2);
        pad(out.append(':'), utc.getSecond(), 2);
        if (micros) {
            pad(out.append('.'), utc.getNano() / 1000, 6);
        }
        return out.append('Z').toString();
    }

    private static void pad(StringBuilder out, int number, int width) {
        String digits = Integer.toString(number);
        out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
