// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.DYN;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.value.NullValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Values that may be missing, and what comprehensions over two variables need. */
final class OptionalFunctions {
    private static final CelType K = CelType.parameter("K");
    private static final CelType V = CelType.parameter("V");
    private static final CelType OPTIONAL = CelType.optional(V);
    private static final CelType LIST = CelType.list(V);
    private static final CelType MAP = CelType.map(K, V);
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;

    private OptionalFunctions() {}

    static void addTo(FunctionTable table) {
        table.global("optional.of", "optional_of", OPTIONAL, List.of(V), a -> new CelOptional(a[0]), ONE);
        table.global(
                "optional.ofNonZeroValue",
                "optional_ofNonZeroValue",
                OPTIONAL,
                List.of(V),
                a -> isZero(a[0]) ? CelOptional.NONE : new CelOptional(a[0]),
                ONE);
        table.global("optional.none", "optional_none", OPTIONAL, List.of(), a -> CelOptional.NONE, ONE);
        table.member("value", "optional_value", V, List.of(OPTIONAL), a -> value((CelOptional) a[0]), ONE);
        table.member(
                "hasValue", "optional_hasValue", BOOL, List.of(OPTIONAL), a -> ((CelOptional) a[0]).isPresent(), ONE);
        table.member(
                "or",
                "optional_or_optional",
                OPTIONAL,
                List.of(OPTIONAL, OPTIONAL),
                a -> ((CelOptional) a[0]).isPresent() ? a[0] : a[1],
                ONE);
        table.member(
                "orValue",
                "optional_orValue_value",
                V,
                List.of(OPTIONAL, V),
                a -> ((CelOptional) a[0]).isPresent() ? value((CelOptional) a[0]) : a[1],
                ONE);
        FunctionTable.Body node = a -> {
            throw CelEvaluationException.noSuchOverload(); // planned as nodes of their own
        };
        table.global("_?._", "select_optional_field", OPTIONAL, List.of(DYN, STRING), node, ONE);
        table.global("_[?_]", "list_optindex_optional_int", OPTIONAL, List.of(LIST, INT), node, ONE);
        table.global(
                "_[?_]",
                "optional_list_optindex_optional_int",
                OPTIONAL,
                List.of(CelType.optional(LIST), INT),
                node,
                ONE);
        table.global("_[?_]", "map_optindex_optional_value", OPTIONAL, List.of(MAP, K), node, ONE);
        table.global(
                "_[?_]",
                "optional_map_optindex_optional_value",
                OPTIONAL,
                List.of(CelType.optional(MAP), K),
                node,
                ONE);
        table.global("_[_]", "optional_list_index_int", OPTIONAL, List.of(CelType.optional(LIST), INT), node, ONE);
        table.global("_[_]", "optional_map_index_value", OPTIONAL, List.of(CelType.optional(MAP), K), node, ONE);
        CelType optionals = CelType.list(OPTIONAL);
        table.global("optional.unwrap", "optional_unwrap", LIST, List.of(optionals), OptionalFunctions::unwrap, ONE);
        table.member("unwrapOpt", "optional_unwrapOpt", LIST, List.of(optionals), OptionalFunctions::unwrap, ONE);
        table.member("first", "list_first", OPTIONAL, List.of(LIST), a -> at((CelList) a[0], true), ONE);
        table.member("last", "list_last", OPTIONAL, List.of(LIST), a -> at((CelList) a[0], false), ONE);
        table.global("cel.@mapInsert", "@mapInsert_map_map", MAP, List.of(MAP, MAP), a -> insert(a, true), ONE);
        table.global("cel.@mapInsert", "@mapInsert_map_key_value", MAP, List.of(MAP, K, V), a -> insert(a, false), ONE);
    }

    private static Object value(CelOptional optional) {
        Object value = optional.value();
        if (value == null) {
            throw new CelEvaluationException("optional.none() dereference");
        }
        return value;
    }

    private static boolean isZero(Object value) {
        return value == NullValue.NULL
                || value.equals(false)
                || value instanceof CelList list && list.size() == 0
                || value instanceof CelMap map && map.size() == 0
                || value.equals("")
                || value instanceof CelBytes bytes && bytes.bytes().length == 0
                || value.equals(Duration.ZERO)
                || value instanceof CelOptional optional && !optional.isPresent()
                || Comparison.isNumber(value) && Comparison.equal(value, 0L);
    }

    private static Object unwrap(Object[] arguments) {
        List<Object> out = new ArrayList<>();
        for (Object item : ((CelList) arguments[0]).items()) {
            Object value = item instanceof CelOptional optional ? optional.value() : item;
            if (value != null) {
                out.add(value);
            }
        }
        return new GrowingList(out);
    }

    private static Object at(CelList list, boolean first) {
        return list.size() == 0 ? CelOptional.NONE : new CelOptional(list.get(first ? 0 : list.size() - 1));
    }

    private static Object insert(Object[] arguments, boolean entries) {
        PlainMap into = (PlainMap) arguments[0];
        if (!entries) {
            add(into, arguments[1], arguments[2]);
            return into;
        }
        CelMap more = (CelMap) arguments[1];
        for (Object key : more.keys()) {
            Object value = more.get(key);
            if (value != null) {
                add(into, key, value);
            }
        }
        return into;
    }

    private static void add(PlainMap into, Object key, Object value) {
        if (!into.insert(key, value)) {
            throw new CelEvaluationException("insert failed: key " + Texts.of(key) + " already exists");
        }
    }
}
