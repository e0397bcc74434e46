// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.BYTES;
import static io.apiserver4j.cel.CelType.DOUBLE;
import static io.apiserver4j.cel.CelType.DURATION;
import static io.apiserver4j.cel.CelType.DYN;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.STRING;
import static io.apiserver4j.cel.CelType.TIMESTAMP;
import static io.apiserver4j.cel.CelType.UINT;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Functions named like types, and {@code type}. */
final class Conversions {
    /** Functions whose value for a constant is made when the expression is compiled. */
    static final Set<String> FUNCTIONS =
            Set.of("bool", "bytes", "double", "duration", "int", "string", "timestamp", "uint");

    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;

    private Conversions() {}

    static void addTo(FunctionTable table) {
        table.standard("dyn", "to_dyn", List.of(DYN), a -> a[0], ONE);
        table.standard("type", "type", List.of(DYN), a -> CelValues.typeOf(a[0]), ONE);
        one(table, "int", "int64_to_int64", INT, a -> a);
        one(table, "int", "uint64_to_int64", UINT, Conversions::toInt);
        one(table, "int", "double_to_int64", DOUBLE, Conversions::toInt);
        one(table, "int", "string_to_int64", STRING, a -> parsed((String) a));
        one(table, "int", "timestamp_to_int64", TIMESTAMP, a -> ((Instant) a).getEpochSecond());
        one(table, "int", "duration_to_int64", DURATION, a -> ((Duration) a).toNanos());
        one(table, "uint", "uint64_to_uint64", UINT, a -> a);
        one(table, "uint", "int64_to_uint64", INT, Conversions::toUint);
        one(table, "uint", "double_to_uint64", DOUBLE, Conversions::toUint);
        one(table, "uint", "string_to_uint64", STRING, a -> unsigned((String) a));
        one(table, "double", "double_to_double", DOUBLE, a -> a);
        one(table, "double", "int64_to_double", INT, a -> (double) (long) (Long) a);
        one(table, "double", "uint64_to_double", UINT, a -> new BigDecimal(a.toString()).doubleValue());
        one(table, "double", "string_to_double", STRING, a -> decimal((String) a));
        one(table, "bool", "bool_to_bool", BOOL, a -> a);
        one(table, "bool", "string_to_bool", STRING, a -> truth((String) a));
        one(table, "bytes", "bytes_to_bytes", BYTES, a -> a);
        table.standard(
                "bytes",
                "string_to_bytes",
                List.of(STRING),
                a -> new CelBytes(((String) a[0]).getBytes(StandardCharsets.UTF_8)),
                Costs.TRAVERSE);
        for (CelType type : List.of(STRING, BOOL, INT, UINT, DOUBLE, TIMESTAMP, DURATION)) {
            String name = type == INT ? "int64" : type == UINT ? "uint64" : type.toString();
            one(table, "string", name + "_to_string", type, Texts::of);
        }
        table.standard(
                "string",
                "bytes_to_string",
                List.of(BYTES),
                a -> StandardFunctions.utf8((CelBytes) a[0]),
                Costs.TRAVERSE);
        one(table, "timestamp", "timestamp_to_timestamp", TIMESTAMP, a -> a);
        one(table, "timestamp", "string_to_timestamp", STRING, a -> Times.range(Times.timestamp((String) a)));
        one(table, "timestamp", "int64_to_timestamp", INT, a -> epoch((Long) a));
        one(table, "duration", "duration_to_duration", DURATION, a -> a);
        one(table, "duration", "string_to_duration", STRING, a -> Times.duration((String) a));
        one(table, "duration", "int64_to_duration", INT, a -> Duration.ofNanos((Long) a));
    }

    private interface Conversion {
        Object apply(Object value);
    }

    private static void one(FunctionTable table, String function, String id, CelType from, Conversion conversion) {
        table.standard(function, id, List.of(from), a -> conversion.apply(a[0]), ONE);
    }

    private static Instant epoch(long seconds) {
        if (seconds < -62_135_596_800L || seconds > 253_402_300_799L) {
            throw new CelEvaluationException("timestamp overflow");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static Object toInt(Object number) {
        if (number instanceof Double value && !(value > -0x1p63 && value < 0x1p63)
                || number instanceof CelUint wide && wide.bits() < 0) {
            throw new CelEvaluationException("integer overflow");
        }
        return number instanceof CelUint wide ? wide.bits() : (long) (double) (Double) number;
    }

    private static Object toUint(Object number) {
        if (number instanceof Long value) {
            if (value < 0) {
                throw new CelEvaluationException("unsigned integer overflow");
            }
            return new CelUint(value);
        }
        double value = (Double) number;
        if (!(value >= 0 && value < 0x1p64)) {
            throw new CelEvaluationException("unsigned integer overflow");
        }
        return new CelUint(new BigDecimal(value).toBigInteger().longValue());
    }

    private static Object parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw syntax("ParseInt", text, text.matches("[+-]?[0-9]+"));
        }
    }

    private static Object unsigned(String text) {
        try {
            BigInteger value = new BigInteger(text);
            if (value.signum() >= 0 && value.bitLength() <= 64 && Character.isDigit(text.charAt(0))) {
                return new CelUint(value.longValue());
            }
        } catch (NumberFormatException wrong) {
            throw syntax("ParseUint", text, false);
        }
        throw syntax("ParseUint", text, !text.startsWith("-") && !text.startsWith("+"));
    }

    private static CelEvaluationException syntax(String function, String text, boolean range) {
        return new CelEvaluationException("strconv." + function + ": parsing "
                + io.apiserver4j.meta.GoText.quote(text) + ": "
                + (range ? "value out of range" : "invalid syntax"));
    }

    private static Object decimal(String text) {
        try {
            String trimmed = text.strip();
            if (!trimmed.equals(text) || text.endsWith("d") || text.endsWith("f")) {
                throw syntax("ParseFloat", text, false);
            }
            return switch (text) {
                case "Inf", "+Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
                case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException wrong) {
            throw syntax("ParseFloat", text, false);
        }
    }

    private static Object truth(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw syntax("ParseBool", text, false);
        };
    }
}
