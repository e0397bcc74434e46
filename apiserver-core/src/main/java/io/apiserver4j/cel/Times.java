// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Timestamps and durations as Go reads and writes them. */
final class Times {
    private static final BigInteger MAX_NANOS = BigInteger.valueOf(Long.MAX_VALUE);

    private Times() {}

    static Instant timestamp(String text) {
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException unreadable) {
            throw new CelEvaluationException("parsing time \"" + text + "\" as \"2006-01-02T15:04:05Z07:00\"");
        }
    }

    static Instant range(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new CelEvaluationException("timestamp overflow");
        }
        return time;
    }

    /** RFC 3339 with as many digits of the second as are not zero. */
    static String text(Instant time) {
        String seconds = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
                .withZone(ZoneOffset.UTC)
                .format(time);
        int nanos = time.getNano();
        if (nanos == 0) {
            return seconds + "Z";
        }
        String digits = String.valueOf(1_000_000_000L + nanos).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return seconds + "." + digits.substring(0, end) + "Z";
    }

    /** A duration of Go such as {@code 1h30m} or {@code -1.5s}. */
    static Duration duration(String text) {
        String rest = text;
        boolean negative = rest.startsWith("-");
        if (negative || rest.startsWith("+")) {
            rest = rest.substring(1);
        }
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            throw invalid(text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int start = at;
            while (at < rest.length() && (Character.isDigit(rest.charAt(at)) || rest.charAt(at) == '.')) {
                at++;
            }
            String number = rest.substring(start, at);
            int unitAt = at;
            while (at < rest.length() && !Character.isDigit(rest.charAt(at)) && rest.charAt(at) != '.') {
                at++;
            }
            nanos = nanos.add(amount(number, text).multiply(unit(rest.substring(unitAt, at), text)));
        }
        BigInteger whole = nanos.toBigInteger();
        if (whole.compareTo(MAX_NANOS) > 0) {
            throw invalid(text);
        }
        return Duration.ofNanos(negative ? -whole.longValue() : whole.longValue());
    }

    private static BigDecimal amount(String number, String text) {
        if (number.isEmpty() || number.equals(".") || number.indexOf('.') != number.lastIndexOf('.')) {
            throw invalid(text);
        }
        return new BigDecimal(number.startsWith(".") ? "0" + number : number.endsWith(".") ? number + "0" : number);
    }

    private static BigDecimal unit(String unit, String text) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "\u00b5s", "\u03bcs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    case "" -> throw new CelEvaluationException("time: missing unit in duration \"" + text + "\"");
                    default ->
                        throw new CelEvaluationException(
                                "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
                });
    }

    private static CelEvaluationException invalid(String text) {
        return new CelEvaluationException("time: invalid duration \"" + text + "\"");
    }

    /** Seconds, as {@code string(duration)} prints. */
    static String text(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
        return seconds.signum() == 0 ? "0s" : seconds.stripTrailingZeros().toPlainString() + "s";
    }

    static Duration limited(Duration time) {
        try {
            return Duration.ofNanos(time.toNanos());
        } catch (ArithmeticException large) {
            throw new CelEvaluationException("duration overflow");
        }
    }

    static ZonedDateTime in(Instant time, String zone) {
        try {
            if (zone.isEmpty()) {
                return time.atZone(ZoneOffset.UTC);
            }
            boolean offset = zone.contains(":");
            boolean signed = zone.startsWith("-") || zone.startsWith("+");
            return time.atZone(offset ? ZoneOffset.of(signed ? zone : "+" + zone) : ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw new CelEvaluationException("unknown time zone " + zone);
        }
    }
}
