// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BYTES;
import static io.apiserver4j.cel.CelType.DOUBLE;
import static io.apiserver4j.cel.CelType.DURATION;
import static io.apiserver4j.cel.CelType.DYN;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.STRING;
import static io.apiserver4j.cel.CelType.TIMESTAMP;
import static io.apiserver4j.cel.CelType.UINT;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Operators on numbers, texts, lists and times. Nothing wraps: what does not fit is an error. */
final class Arithmetic {
    private static final BigInteger UINT_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final CelType LIST = CelType.list(DYN);
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;

    private Arithmetic() {}

    static void addTo(FunctionTable table) {
        integers(table, "_+_", "add_int64", Math::addExact);
        integers(table, "_-_", "subtract_int64", Math::subtractExact);
        integers(table, "_*_", "multiply_int64", Math::multiplyExact);
        integers(table, "_/_", "divide_int64", (a, b) -> {
            nonZero(b, "division by zero");
            if (a == Long.MIN_VALUE && b == -1) {
                throw new ArithmeticException();
            }
            return a / b;
        });
        integers(table, "_%_", "modulo_int64", (a, b) -> {
            nonZero(b, "modulus by zero");
            if (a == Long.MIN_VALUE && b == -1) {
                throw new ArithmeticException();
            }
            return a % b;
        });
        unsigned(table, "_+_", "add_uint64", BigInteger::add);
        unsigned(table, "_-_", "subtract_uint64", BigInteger::subtract);
        unsigned(table, "_*_", "multiply_uint64", BigInteger::multiply);
        unsigned(table, "_/_", "divide_uint64", (a, b) -> {
            nonZero(b.signum(), "division by zero");
            return a.divide(b);
        });
        unsigned(table, "_%_", "modulo_uint64", (a, b) -> {
            nonZero(b.signum(), "modulus by zero");
            return a.mod(b);
        });
        decimals(table, "_+_", "add_double", (a, b) -> a + b);
        decimals(table, "_-_", "subtract_double", (a, b) -> a - b);
        decimals(table, "_*_", "multiply_double", (a, b) -> a * b);
        decimals(table, "_/_", "divide_double", (a, b) -> a / b);
        table.standard("-_", "negate_int64", List.of(INT), a -> exact(() -> Math.negateExact((Long) a[0])), ONE);
        table.standard("-_", "negate_double", List.of(DOUBLE), a -> -(Double) a[0], ONE);
        table.standard("_+_", "add_string", List.of(STRING, STRING), a -> (String) a[0] + a[1], Costs.CONCAT);
        table.standard("_+_", "add_bytes", List.of(BYTES, BYTES), Arithmetic::joined, Costs.CONCAT);
        table.standard("_+_", "add_list", List.of(LIST, LIST), a -> lists((CelList) a[0], (CelList) a[1]), ONE);
        times(table);
    }

    private static void nonZero(long number, String otherwise) {
        if (number == 0) {
            throw new CelEvaluationException(otherwise);
        }
    }

    private interface Exact {
        long get();
    }

    private static Object exact(Exact calculation) {
        try {
            return calculation.get();
        } catch (ArithmeticException overflow) {
            throw new CelEvaluationException("integer overflow");
        }
    }

    private static void integers(FunctionTable table, String function, String id, LongBinaryOperator operator) {
        table.standard(
                function, id, List.of(INT, INT), a -> exact(() -> operator.applyAsLong((Long) a[0], (Long) a[1])), ONE);
    }

    private interface Unsigned {
        BigInteger apply(BigInteger left, BigInteger right);
    }

    private static void unsigned(FunctionTable table, String function, String id, Unsigned operator) {
        table.standard(
                function,
                id,
                List.of(UINT, UINT),
                a -> {
                    BigInteger result = operator.apply(wide(a[0]), wide(a[1]));
                    if (result.signum() < 0 || result.compareTo(UINT_LIMIT) >= 0) {
                        throw new CelEvaluationException("unsigned integer overflow");
                    }
                    return new CelUint(result.longValue());
                },
                ONE);
    }

    private static BigInteger wide(Object number) {
        return new BigInteger(number.toString());
    }

    private static void decimals(FunctionTable table, String function, String id, DoubleBinaryOperator operator) {
        table.standard(
                function, id, List.of(DOUBLE, DOUBLE), a -> operator.applyAsDouble((Double) a[0], (Double) a[1]), ONE);
    }

    private static Object joined(Object[] arguments) {
        byte[] left = ((CelBytes) arguments[0]).bytes();
        byte[] right = ((CelBytes) arguments[1]).bytes();
        byte[] out = java.util.Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, out, left.length, right.length);
        return new CelBytes(out);
    }

    /** Lists after each other; lists of schemas that are sets or maps are merged. */
    private static CelList lists(CelList left, CelList right) {
        return switch (left.form()) {
            case ATOMIC -> (left instanceof GrowingList list ? list : new GrowingList(left.items())).plus(right);
            case SET -> ListMerge.sets(left, right);
            case MAP -> ListMerge.maps(left, right);
        };
    }

    private static void times(FunctionTable table) {
        times(
                table,
                "_+_",
                "add_timestamp_duration",
                TIMESTAMP,
                DURATION,
                (a, b) -> Times.range(((Instant) a).plus((Duration) b)));
        times(
                table,
                "_+_",
                "add_duration_timestamp",
                DURATION,
                TIMESTAMP,
                (a, b) -> Times.range(((Instant) b).plus((Duration) a)));
        times(
                table,
                "_+_",
                "add_duration_duration",
                DURATION,
                DURATION,
                (a, b) -> Times.limited(((Duration) a).plus((Duration) b)));
        times(
                table,
                "_-_",
                "subtract_timestamp_timestamp",
                TIMESTAMP,
                TIMESTAMP,
                (a, b) -> Times.limited(Duration.between((Instant) b, (Instant) a)));
        times(
                table,
                "_-_",
                "subtract_timestamp_duration",
                TIMESTAMP,
                DURATION,
                (a, b) -> Times.range(((Instant) a).minus((Duration) b)));
        times(
                table,
                "_-_",
                "subtract_duration_duration",
                DURATION,
                DURATION,
                (a, b) -> Times.limited(((Duration) a).minus((Duration) b)));
    }

    private interface Operation {
        Object apply(Object left, Object right);
    }

    private static void times(
            FunctionTable table, String function, String id, CelType left, CelType right, Operation operation) {
        table.standard(
                function,
                id,
                List.of(left, right),
                a -> {
                    try {
                        return operation.apply(a[0], a[1]);
                    } catch (DateTimeException | ArithmeticException far) {
                        throw new CelEvaluationException("timestamp overflow");
                    }
                },
                ONE);
    }
}
