// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.DOUBLE;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.List;

/** {@code quantity('1.5Gi')} and its arithmetic. */
final class QuantityFunctions {
    private static final CelType QUANTITY = CelType.QUANTITY;
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;

    private QuantityFunctions() {}

    private record Amount(Quantity quantity) implements CelOpaque {
        @Override
        public CelType type() {
            return QUANTITY;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Amount that && quantity.compareTo(that.quantity) == 0;
        }

        @Override
        public int hashCode() {
            return quantity.toDecimal().stripTrailingZeros().hashCode();
        }
    }

    static void addTo(FunctionTable table) {
        List<CelType> one = List.of(QUANTITY);
        List<CelType> two = List.of(QUANTITY, QUANTITY);
        table.global(
                "quantity",
                "string_to_quantity",
                QUANTITY,
                List.of(STRING),
                a -> parsed((String) a[0]),
                Costs.TRAVERSE);
        table.global(
                "isQuantity", "is_quantity_string", BOOL, List.of(STRING), a -> isOne((String) a[0]), Costs.TRAVERSE);
        table.global("sign", "quantity_sign", INT, one, a -> (long) of(a[0]).sign(), ONE);
        table.member(
                "isGreaterThan", "quantity_is_greater_than", BOOL, two, a -> of(a[0]).compareTo(of(a[1])) > 0, ONE);
        table.member("isLessThan", "quantity_is_less_than", BOOL, two, a -> of(a[0]).compareTo(of(a[1])) < 0, ONE);
        table.member(
                "compareTo",
                "quantity_compare_to",
                INT,
                two,
                a -> (long) Integer.signum(of(a[0]).compareTo(of(a[1]))),
                ONE);
        table.member("asApproximateFloat", "quantity_get_float", DOUBLE, one, a -> of(a[0]).approximate(), ONE);
        table.member(
                "asInteger",
                "quantity_get_int",
                INT,
                one,
                a -> {
                    Long exact = of(a[0]).exactLong();
                    if (exact == null) {
                        throw new CelEvaluationException("cannot convert value to integer");
                    }
                    return exact;
                },
                ONE);
        table.member("isInteger", "quantity_is_integer", BOOL, one, a -> of(a[0]).exactLong() != null, ONE);
        table.member("add", "quantity_add", QUANTITY, two, a -> new Amount(of(a[0]).plus(of(a[1]))), ONE);
        table.member("sub", "quantity_sub", QUANTITY, two, a -> new Amount(of(a[0]).minus(of(a[1]))), ONE);
        List<CelType> whole = List.of(QUANTITY, INT);
        table.member("add", "quantity_add_int", QUANTITY, whole, a -> new Amount(of(a[0]).plus(whole(a))), ONE);
        table.member("sub", "quantity_sub_int", QUANTITY, whole, a -> new Amount(of(a[0]).minus(whole(a))), ONE);
    }

    private static Quantity whole(Object[] arguments) {
        return Quantity.of((Long) arguments[1], Quantity.Format.DECIMAL_SI);
    }

    private static Quantity of(Object value) {
        return ((Amount) value).quantity();
    }

    private static Object parsed(String text) {
        try {
            return new Amount(Quantity.parse(text));
        } catch (ScalarSyntaxException wrong) {
            throw new CelEvaluationException(wrong.text());
        }
    }

    private static boolean isOne(String text) {
        try {
            Quantity.parse(text);
            return true;
        } catch (ScalarSyntaxException wrong) {
            return false;
        }
    }
}
