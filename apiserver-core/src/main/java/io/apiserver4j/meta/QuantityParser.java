// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.meta.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts. Where the digits fit 64 bits they stay integers; other amounts become decimals, rounded up to billionths,
 * binary ones capped at the largest 64 bit integer. As in Kubernetes, a text is kept as the printed form of the amount
 * where it looks canonical enough, which also lets {@code +1} and {@code 1.234} through.
 */
final class QuantityParser {
    private static final String WRONG_FORM =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";
    private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";
    private static final String SUFFIX_LETTERS = "eEinumkKMGTP";
    private static final String BINARY = "KMGTPE";
    private static final int MAX_DIGITS = 18;
    private static final long MAX_POWER = 1_000_000;
    private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String text;
    private boolean negative;
    private String whole = "";
    private String fraction = "";
    private String number = "";
    private String suffix = "";

    private int power;
    private Format format = Format.DECIMAL_SI;

    private QuantityParser(String text) {
        this.text = text;
    }

    /** True for the commonest canonical form: few digits, a letter perhaps. */
    static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0 || length > 12 || text.charAt(0) < '1' || text.charAt(0) > '9') {
            return length == 1 && text.charAt(0) == '0';
        }
        int end = 1;
        while (end < length && isDigit(text.charAt(end))) {
            end++;
        }
        if (end >= 3 && text.charAt(end - 1) == '0') {
            return false; // 1000m is 1, and a number times 1024 may be one of the next letter
        }
        if (end == length) {
            return true;
        }
        if (end == length - 1) {
            return "mkMGTPE".indexOf(text.charAt(end)) >= 0;
        }
        return end <= 3
                && end == length - 2
                && BINARY.indexOf(text.charAt(end)) >= 0
                && text.charAt(end + 1) == 'i'
                && text.charAt(end) != 'E';
    }

    /** The text without the blanks around it that Go's {@code strings.TrimSpace} takes away. */
    static String trim(String text) {
        return text.strip();
    }

    static Quantity parse(String text) {
        if (text.isEmpty()) {
            throw new ScalarSyntaxException(WRONG_FORM);
        }
        if (text.equals("0")) {
            return Quantity.ZERO;
        }
        QuantityParser parser = new QuantityParser(text);
        parser.scan();
        parser.interpretSuffix();
        Quantity small = parser.small();
        return small != null ? small : parser.big();
    }

    private void scan() {
        int at = 0;
        if (text.charAt(0) == '-' || text.charAt(0) == '+') {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        while (at < text.length() && text.charAt(at) == '0') {
            at++;
        }
        int start = at;
        at = digits(at);
        whole = at == start ? "0" : text.substring(start, at);
        if (at < text.length() && text.charAt(at) == '.') {
            start = at + 1;
            at = digits(start);
            fraction = text.substring(start, at);
        }
        number = text.substring(0, at);
        start = at;
        while (at < text.length() && SUFFIX_LETTERS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        if (digits(at) < text.length()) {
            throw new ScalarSyntaxException(WRONG_FORM);
        }
        suffix = text.substring(start);
    }

    private int digits(int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void interpretSuffix() {
        int length = suffix.length();
        if (length == 0) {
            return;
        }
        char first = suffix.charAt(0);
        int decimal = "num\0kMGTPE".indexOf(first);
        if (length == 1 && decimal >= 0) {
            power = (decimal - 3) * 3;
        } else if (length == 2 && suffix.charAt(1) == 'i' && BINARY.indexOf(first) >= 0) {
            format = Format.BINARY_SI;
            power = (BINARY.indexOf(first) + 1) * 10;
        } else if (length > 1 && (first == 'e' || first == 'E')) {
            format = Format.DECIMAL_EXPONENT;
            power = exponent(suffix.substring(1));
        } else {
            throw new ScalarSyntaxException(WRONG_SUFFIX);
        }
    }

    /** Larger powers than Kubernetes could add up are refused, smaller ones are as good as the least amount. */
    private static int exponent(String digits) {
        if (!GoNumbers.isInt(digits) || GoNumbers.parseInt(digits) > MAX_POWER) {
            throw new ScalarSyntaxException(WRONG_SUFFIX);
        }
        return (int) Math.max(GoNumbers.parseInt(digits), -MAX_POWER);
    }

    /** The amount as a 64 bit integer and a power of ten, or null where it is none. */
    private @Nullable Quantity small() {
        int digits = whole.length() + fraction.length();
        boolean binary = format == Format.BINARY_SI;
        if (binary) {
            int precision = 15 - whole.length() - (int) ((float) power * 3 / 10) - 1;
            if (!fraction.isEmpty() || precision < 0) {
                return null;
            }
        } else if (digits > MAX_DIGITS) {
            return null;
        }
        int scale = (binary ? 0 : power) - fraction.length();
        if (scale < -9) {
            return null;
        }
        String all = whole + fraction;
        long value = Long.parseLong(all);
        long amount = binary ? value << power : value;
        boolean canonical = binary ? (value & 7) != 0 : scale % 3 == 0 && !all.endsWith("000") && all.charAt(0) != '0';
        return Quantity.small(negative ? -amount : amount, scale, format, canonical ? text : null);
    }

    private Quantity big() {
        if (number.chars().noneMatch(c -> isDigit((char) c))) {
            throw new ScalarSyntaxException(WRONG_NUMBER);
        }
        BigDecimal amount = new BigDecimal(new BigInteger(whole + fraction), fraction.length());
        amount = format == Format.BINARY_SI
                ? amount.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(power)))
                : amount.scaleByPowerOfTen(power);
        if (amount.signum() != 0) {
            amount = roundedUp(amount);
        }
        Format printed = format;
        if (format == Format.BINARY_SI) {
            if (amount.compareTo(MAX_BINARY) > 0) {
                amount = MAX_BINARY;
            }
            if (amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0) {
                printed = Format.DECIMAL_SI; // avoids rounding, and confusion
            }
        }
        return Quantity.big(negative ? amount.negate() : amount, printed);
    }

    private static BigDecimal roundedUp(BigDecimal amount) {
        // far below a billionth everything is one; the division would be costly
        return (long) amount.precision() - amount.scale() < -12
                ? BigDecimal.valueOf(1, 9)
                : amount.setScale(9, RoundingMode.UP);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
