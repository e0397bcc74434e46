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
import static io.apiserver4j.cel.CelType.list;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Lists: Kubernetes' own functions, cel-go's extension of lists in its third version, and sets. */
final class ListFunctions {
    private static final CelType A = CelType.parameter("A");
    private static final CelType LIST = list(A);
    private static final List<CelType> COMPARABLE =
            List.of(INT, UINT, DOUBLE, BOOL, DURATION, TIMESTAMP, STRING, BYTES);
    private static final FunctionTable.Cost TRAVERSE = (arguments, result) -> Costs.traverse(arguments[0]);
    private static final FunctionTable.Cost OUTPUT = (arguments, result) -> 11 + Costs.size(result);

    private ListFunctions() {}

    static void addTo(FunctionTable table) {
        for (CelType type : COMPARABLE) {
            List<CelType> of = List.of(list(type));
            String name = type.toString();
            table.member(
                    "isSorted", "list_" + name + "_is_sorted_bool", BOOL, of, a -> isSorted((CelList) a[0]), TRAVERSE);
            table.member(
                    "min", "list_" + name + "_min_" + name, type, of, a -> most((CelList) a[0], -1, "min"), TRAVERSE);
            table.member(
                    "max", "list_" + name + "_max_" + name, type, of, a -> most((CelList) a[0], 1, "max"), TRAVERSE);
            table.member(
                    "sort",
                    "list_" + name + "_sort",
                    list(type),
                    of,
                    a -> sorted((CelList) a[0], (CelList) a[0]),
                    (arguments, result) -> compared(arguments[0]));
            table.member(
                    "@sortByAssociatedKeys",
                    "list_" + name + "_sortByAssociatedKeys",
                    LIST,
                    List.of(LIST, list(type)),
                    a -> sorted((CelList) a[0], (CelList) a[1]),
                    (arguments, result) -> compared(arguments[1]));
        }
        for (CelType type : List.of(INT, UINT, DOUBLE, DURATION)) {
            String name = type.toString();
            table.member(
                    "sum",
                    "list_" + name + "_sum_" + name,
                    type,
                    List.of(list(type)),
                    a -> sum((CelList) a[0], type),
                    TRAVERSE);
        }
        List<CelType> find = List.of(LIST, A);
        table.member("indexOf", "list_a_index_of_int", INT, find, a -> indexOf(a, true), TRAVERSE);
        table.member("lastIndexOf", "list_a_last_index_of_int", INT, find, a -> indexOf(a, false), TRAVERSE);
        table.member("slice", "list_slice", LIST, List.of(LIST, INT, INT), ListFunctions::slice, OUTPUT);
        table.member(
                "flatten",
                "list_flatten",
                LIST,
                List.of(list(LIST)),
                a -> flat(a[0], 1),
                (arguments, result) -> 11 + Costs.size(arguments[0]));
        table.member(
                "flatten",
                "list_flatten_int",
                list(DYN),
                List.of(list(DYN), INT),
                a -> flat(a[0], (Long) a[1]),
                (arguments, result) -> 11 + Costs.size(arguments[0]) * (Long) arguments[1]);
        table.member("reverse", "list_reverse", LIST, List.of(LIST), a -> reversed((CelList) a[0]), OUTPUT);
        table.member(
                "distinct",
                "list_distinct",
                LIST,
                List.of(LIST),
                a -> distinct((CelList) a[0]),
                (arguments, result) -> compared(arguments[0]));
        table.global("lists.range", "lists_range", list(INT), List.of(INT), a -> range((Long) a[0]), OUTPUT);
        sets(table);
    }

    private static long compared(Object list) {
        CelList items = (CelList) list;
        boolean texts = items.size() > 0 && (items.get(0) instanceof String || items.get(0) instanceof CelBytes);
        return 11 + (long) ((double) items.size() * items.size() * (texts ? 2.1 : 2));
    }

    private static void sets(FunctionTable table) {
        List<CelType> both = List.of(LIST, LIST);
        table.global(
                "sets.contains",
                "list_sets_contains_list",
                BOOL,
                both,
                a -> hasAll((CelList) a[0], (CelList) a[1]),
                setCost(1));
        table.global(
                "sets.equivalent",
                "list_sets_equivalent_list",
                BOOL,
                both,
                a -> hasAll((CelList) a[0], (CelList) a[1]) && hasAll((CelList) a[1], (CelList) a[0]),
                setCost(2));
        table.global("sets.intersects", "list_sets_intersects_list", BOOL, both, ListFunctions::intersects, setCost(1));
    }

    private static FunctionTable.Cost setCost(long factor) {
        return (arguments, result) -> 1 + factor * Costs.size(arguments[0]) * Costs.size(arguments[1]);
    }

    private static boolean has(CelList list, Object item) {
        return list.items().stream().anyMatch(one -> Comparison.equal(one, item));
    }

    private static boolean hasAll(CelList list, CelList items) {
        return items.items().stream().allMatch(item -> has(list, item));
    }

    private static Object intersects(Object[] arguments) {
        CelList other = (CelList) arguments[1];
        return ((CelList) arguments[0]).items().stream().anyMatch(item -> has(other, item));
    }

    private static Object isSorted(CelList list) {
        for (int i = 1; i < list.size(); i++) {
            if (Comparison.compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object most(CelList list, int sign, String name) {
        if (list.size() == 0) {
            throw new CelEvaluationException(name + " called on empty list");
        }
        Object best = list.get(0);
        for (Object item : list.items()) {
            if (Comparison.compare(item, best) * sign > 0) {
                best = item;
            }
        }
        return best;
    }

    private static Object sum(CelList list, CelType type) {
        Object sum = switch (type.kind()) {
            case INT -> 0L;
            case UINT -> new CelUint(0);
            case DOUBLE -> 0.0;
            default -> Duration.ZERO;
        };
        for (Object item : list.items()) {
            sum = plus(sum, item);
        }
        return sum;
    }

    private static Object plus(Object left, Object right) {
        try {
            if (left instanceof Long one && right instanceof Long other) {
                return Math.addExact(one, other);
            }
            if (left instanceof CelUint one && right instanceof CelUint other) {
                long total = one.bits() + other.bits();
                if (Long.compareUnsigned(total, one.bits()) < 0) {
                    throw new CelEvaluationException("unsigned integer overflow");
                }
                return new CelUint(total);
            }
            if (left instanceof Double one && right instanceof Double other) {
                return one + other;
            }
            if (left instanceof Duration one && right instanceof Duration other) {
                return Times.limited(one.plus(other));
            }
        } catch (ArithmeticException large) {
            throw new CelEvaluationException("integer overflow");
        }
        throw CelEvaluationException.noSuchOverload();
    }

    private static Object indexOf(Object[] arguments, boolean first) {
        CelList list = (CelList) arguments[0];
        for (int i = 0; i < list.size(); i++) {
            int at = first ? i : list.size() - 1 - i;
            if (Comparison.equal(list.get(at), arguments[1])) {
                return (long) at;
            }
        }
        return -1L;
    }

    private static Object slice(Object[] arguments) {
        CelList list = (CelList) arguments[0];
        long start = (Long) arguments[1];
        long end = (Long) arguments[2];
        String call = "cannot slice(" + start + ", " + end + "), ";
        if (start < 0 || end < 0) {
            throw new CelEvaluationException(call + "negative indexes not supported");
        }
        if (start > end) {
            throw new CelEvaluationException(call + "start index must be less than or equal to end index");
        }
        if (end > list.size()) {
            throw new CelEvaluationException(call + "list is length " + list.size());
        }
        return new GrowingList(list.items().subList((int) start, (int) end));
    }

    private static Object flat(Object list, long depth) {
        if (depth < 0) {
            throw new CelEvaluationException("level must be non-negative");
        }
        List<Object> out = new ArrayList<>();
        flatten((CelList) list, depth, out);
        return new GrowingList(out);
    }

    private static void flatten(CelList list, long depth, List<Object> out) {
        for (Object item : list.items()) {
            if (depth > 0 && item instanceof CelList inner) {
                flatten(inner, depth - 1, out);
            } else {
                out.add(item);
            }
        }
    }

    private static Object reversed(CelList list) {
        List<Object> out = new ArrayList<>(list.items());
        Collections.reverse(out);
        return new GrowingList(out);
    }

    private static Object distinct(CelList list) {
        List<Object> out = new ArrayList<>();
        for (Object item : list.items()) {
            if (out.stream().noneMatch(one -> Comparison.equal(one, item))) {
                out.add(item);
            }
        }
        return new GrowingList(out);
    }

    private static Object range(long size) {
        if (size > 1_000_000) {
            throw new CelCostException(); // the result alone costs more than an evaluation may
        }
        List<Object> out = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            out.add(i);
        }
        return new GrowingList(out);
    }

    /** An order that sorting can rely on, also where something is not a number. */
    private static int order(Object left, Object right) {
        return left instanceof Double one && right instanceof Double other
                ? Double.compare(one, other)
                : Comparison.compare(left, right);
    }

    private static Object sorted(CelList list, CelList keys) {
        if (list.size() != keys.size()) {
            throw new CelEvaluationException(
                    "@sortByAssociatedKeys() expected a list of the same size as the associated"
                            + " keys list, but got " + list.size() + " and " + keys.size() + " elements respectively");
        }
        if (keys.size() > 0) {
            CelType type = CelValues.typeOf(keys.get(0));
            if (!keys.items().stream().allMatch(key -> CelValues.typeOf(key).equals(type))) {
                throw new CelEvaluationException("list elements must have the same type");
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(keys::get, ListFunctions::order));
        List<Object> out = new ArrayList<>();
        order.forEach(i -> out.add(list.get(i)));
        return new GrowingList(out);
    }
}
