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

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The functions that every environment has; the checker knows their signatures by itself. */
final class StandardFunctions {
    private static final List<CelType> ANY = List.of(DYN);
    private static final List<CelType> TWO = List.of(DYN, DYN);
    private static final CelType LIST = CelType.list(DYN);
    private static final CelType MAP = CelType.map(DYN, DYN);

    private StandardFunctions() {}

    static void addTo(FunctionTable table) {
        table.standard("!_", "logical_not", List.of(BOOL), a -> !(Boolean) a[0], FunctionTable.Cost.ONE);
        table.standard("_==_", "equals", TWO, a -> Comparison.equal(a[0], a[1]), Costs.SHORTER);
        table.standard("_!=_", "not_equals", TWO, a -> !Comparison.equal(a[0], a[1]), Costs.SHORTER);
        relation(table, "_<_", "less", order -> order < 0);
        relation(table, "_<=_", "less_equals", order -> order <= 0);
        relation(table, "_>_", "greater", order -> order > 0);
        relation(table, "_>=_", "greater_equals", order -> order >= 0);
        Arithmetic.addTo(table);
        table.standard("@in", "in_list", List.of(DYN, LIST), StandardFunctions::isIn, Costs.MEMBER);
        table.standard(
                "@in", "in_map", List.of(DYN, MAP), a -> ((CelMap) a[1]).get(a[0]) != null, FunctionTable.Cost.ONE);
        sizes(table);
        texts(table);
        Conversions.addTo(table);
        times(table);
    }

    private static void relation(FunctionTable table, String function, String prefix, Predicate<Integer> holds) {
        FunctionTable.Body body =
                a -> !Comparison.isUnordered(a[0], a[1]) && holds.test(Comparison.compare(a[0], a[1]));
        for (CelType type : List.of(BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION)) {
            String suffix = shortName(type);
            FunctionTable.Cost cost = type == STRING || type == BYTES ? Costs.SHORTER : FunctionTable.Cost.ONE;
            table.standard(function, prefix + "_" + suffix, List.of(type, type), body, cost);
        }
        for (CelType left : List.of(INT, UINT, DOUBLE)) {
            for (CelType right : List.of(INT, UINT, DOUBLE)) {
                if (left != right) {
                    String id = prefix + "_" + shortName(left) + "_" + shortName(right);
                    table.standard(function, id, List.of(left, right), body, FunctionTable.Cost.ONE);
                }
            }
        }
    }

    private static String shortName(CelType type) {
        return switch (type.kind()) {
            case INT -> "int64";
            case UINT -> "uint64";
            default -> type.toString();
        };
    }

    private static Object isIn(Object[] arguments) {
        for (Object item : ((CelList) arguments[1]).items()) {
            if (Comparison.equal(arguments[0], item)) {
                return true;
            }
        }
        return false;
    }

    private static void sizes(FunctionTable table) {
        for (String prefix : List.of("size_", "")) {
            String suffix = prefix.isEmpty() ? "_size" : "";
            for (CelType type : List.of(STRING, BYTES, LIST, MAP)) {
                String id = prefix + type.name() + suffix;
                table.standard("size", id, List.of(type), a -> Costs.size(a[0]), FunctionTable.Cost.ONE);
            }
        }
    }

    private static void texts(FunctionTable table) {
        List<CelType> both = List.of(STRING, STRING);
        table.standard(
                "startsWith",
                "starts_with_string",
                both,
                a -> ((String) a[0]).startsWith((String) a[1]),
                Costs.TRAVERSE);
        table.standard(
                "endsWith", "ends_with_string", both, a -> ((String) a[0]).endsWith((String) a[1]), Costs.TRAVERSE);
        table.standard(
                "contains", "contains_string", both, a -> ((String) a[0]).contains((String) a[1]), Costs.CONTAINS);
        FunctionTable.Body matches =
                a -> pattern((String) a[1]).matcher((String) a[0]).find();
        table.standard("matches", "matches", both, matches, FunctionTable.Cost.ONE);
        table.standard("matches", "matches_string", both, matches, Costs.MATCHES);
    }

    /** A regular expression; errors as Go has them. */
    static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            String part = wrong.getPattern();
            throw new CelEvaluationException(
                    "error parsing regexp: " + wrong.getDescription() + (part.isEmpty() ? "" : ": `" + part + "`"));
        }
    }

    /** Text of bytes, which must be UTF-8. */
    static String utf8(CelBytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.bytes()))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new CelEvaluationException("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static void times(FunctionTable table) {
        part(table, "getFullYear", "year", ZonedDateTime::getYear);
        part(table, "getMonth", "month", time -> time.getMonthValue() - 1);
        part(table, "getDayOfYear", "day_of_year", time -> time.getDayOfYear() - 1);
        part(table, "getDayOfMonth", "day_of_month", time -> time.getDayOfMonth() - 1);
        part(table, "getDate", "day_of_month_1_based", ZonedDateTime::getDayOfMonth);
        part(table, "getDayOfWeek", "day_of_week", time -> time.getDayOfWeek().getValue() % 7);
        part(table, "getHours", "hours", ZonedDateTime::getHour);
        part(table, "getMinutes", "minutes", ZonedDateTime::getMinute);
        part(table, "getSeconds", "seconds", ZonedDateTime::getSecond);
        part(table, "getMilliseconds", "milliseconds", time -> time.getNano() / 1_000_000);
        span(table, "getHours", "duration_to_hours", Duration::toHours);
        span(table, "getMinutes", "duration_to_minutes", Duration::toMinutes);
        span(table, "getSeconds", "duration_to_seconds", Duration::toSeconds);
        span(table, "getMilliseconds", "duration_to_milliseconds", time -> time.toMillis() % 1000);
    }

    private static void part(FunctionTable table, String function, String id, ToLongFunction<ZonedDateTime> read) {
        table.standard(
                function,
                "timestamp_to_" + id,
                List.of(TIMESTAMP),
                a -> read.applyAsLong(Times.in((Instant) a[0], "")),
                FunctionTable.Cost.ONE);
        table.standard(
                function,
                "timestamp_to_" + id + "_with_tz",
                List.of(TIMESTAMP, STRING),
                a -> read.applyAsLong(Times.in((Instant) a[0], (String) a[1])),
                FunctionTable.Cost.ONE);
    }

    private static void span(FunctionTable table, String function, String id, ToLongFunction<Duration> read) {
        table.standard(function, id, List.of(DURATION), a -> read.applyAsLong((Duration) a[0]), FunctionTable.Cost.ONE);
    }

    static List<CelType> any() {
        return ANY;
    }
}
