// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code format}: clauses {@code %s %d %f %e %b %x %X %o} and {@code %%}. */
final class TextFormat {
    private TextFormat() {}

    static String format(String text, CelList arguments) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            i++;
            if (i < text.length() && text.charAt(i) == '%') {
                out.append('%');
                continue;
            }
            int precision = 6;
            if (i < text.length() && text.charAt(i) == '.') {
                int start = i + 1;
                i = start;
                while (i < text.length() && Character.isDigit(text.charAt(i))) {
                    i++;
                }
                precision = i - start > 3 ? 1000 : i == start ? 6 : Integer.parseInt(text.substring(start, i));
            }
            if (i >= text.length()) {
                throw new CelEvaluationException("unexpected end of string");
            }
            if (next >= arguments.size()) {
                throw new CelEvaluationException("index " + next + " out of range");
            }
            try {
                out.append(clause(text.charAt(i), precision, arguments.get(next++)));
            } catch (CelEvaluationException wrong) {
                throw new CelEvaluationException("error during formatting: " + wrong.text());
            }
        }
        return out.toString();
    }

    private static String clause(char clause, int precision, Object value) {
        return switch (clause) {
            case 's' -> string(value);
            case 'd' -> {
                if (value instanceof Long || value instanceof CelUint || value instanceof Double) {
                    yield Texts.of(value);
                }
                throw wrong("decimal clause can only be used on integers", value);
            }
            case 'f' -> fixed(value, precision);
            case 'e' -> scientific(value, precision);
            case 'b' -> {
                if (value instanceof Boolean truth) {
                    yield truth ? "1" : "0";
                }
                yield radix(value, 2, "only integers and bools can be formatted as binary");
            }
            case 'o' -> radix(value, 8, "octal clause can only be used on integers");
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(java.util.Locale.ROOT);
            default ->
                throw new CelEvaluationException(
                        "could not parse formatting clause: unrecognized formatting clause \"" + clause + "\"");
        };
    }

    private static CelEvaluationException wrong(String rule, Object value) {
        return new CelEvaluationException(
                rule + ", was given " + CelValues.typeOf(value).name());
    }

    private static String fixed(Object value, int precision) {
        double number = decimal(value, "fixed-point clause can only be used on doubles");
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Texts.decimal(number)
                : new BigDecimal(number)
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String scientific(Object value, int precision) {
        double number = decimal(value, "scientific clause can only be used on doubles");
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Texts.decimal(number)
                : String.format(java.util.Locale.ROOT, "%." + precision + "e", number);
    }

    private static double decimal(Object value, String rule) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text) {
            switch (text) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
            }
        }
        throw wrong(rule, value);
    }

    private static String radix(Object value, int radix, String rule) {
        if (value instanceof Long number) {
            return Long.toString(number, radix);
        }
        if (value instanceof CelUint number) {
            return Long.toUnsignedString(number.bits(), radix);
        }
        throw wrong(rule, value);
    }

    private static String hex(Object value) {
        byte[] bytes;
        if (value instanceof String text) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        } else if (value instanceof CelBytes given) {
            bytes = given.bytes();
        } else {
            return radix(value, 16, "only integers, byte buffers, and strings can be formatted as hex");
        }
        return com.google.common.io.BaseEncoding.base16().lowerCase().encode(bytes);
    }

    private static String string(Object value) {
        if (value instanceof CelList list) {
            List<String> items = new ArrayList<>();
            list.items().forEach(item -> items.add(inner(item)));
            return "[" + String.join(", ", items) + "]";
        }
        if (value instanceof CelMap map) {
            TreeMap<String, String> entries = new TreeMap<>();
            for (Object key : map.keys()) {
                Object member = map.get(key);
                entries.put(inner(key), member == null ? "null" : inner(member));
            }
            List<String> items = new ArrayList<>();
            entries.forEach((key, member) -> items.add(key + ": " + member));
            return "{" + String.join(", ", items) + "}";
        }
        if (value instanceof CelOpaque || value instanceof CelOptional) {
            throw wrong(
                    "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types,"
                            + " durations, and timestamps",
                    value);
        }
        return value == NullValue.NULL ? "null" : Texts.of(value);
    }

    private static String inner(Object value) {
        return string(value);
    }
}
