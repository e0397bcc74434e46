// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Equality and order of values. Numbers of different types are compared as numbers. */
final class Comparison {
    private Comparison() {}

    /** A map key such that keys which are equal to expressions are equal to Java. */
    static Object key(Object key) {
        if (key instanceof Double number && number == Math.rint(number) && Math.abs(number) < 0x1p63) {
            return (long) (double) number;
        }
        return key instanceof CelUint number && number.bits() >= 0 ? (Object) number.bits() : key;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof CelUint;
    }

    /** Equality as {@code ==} has it: of different types nothing is equal but numbers. */
    static boolean equal(Object left, Object right) {
        if (left == right) {
            return !(left instanceof Double number && number.isNaN());
        }
        if (isNumber(left)) {
            return isNumber(right) && numbers(left, right) == 0;
        }
        if (left instanceof CelList list) {
            return right instanceof CelList other && lists(list, other);
        }
        if (left instanceof CelMap map) {
            return right instanceof CelMap other && maps(map, other);
        }
        if (left instanceof CelOptional optional) {
            if (!(right instanceof CelOptional other)) {
                return false;
            }
            Object mine = optional.value();
            Object theirs = other.value();
            return mine == null || theirs == null ? mine == theirs : equal(mine, theirs);
        }
        return left.equals(right);
    }

    private static boolean lists(CelList left, CelList right) {
        if (left.size() != right.size()) {
            return false;
        }
        CelType.ListForm form = left.form() == CelType.ListForm.ATOMIC ? right.form() : left.form();
        if (form == CelType.ListForm.SET) {
            List<Object> rest = new ArrayList<>(right.items());
            for (Object item : left.items()) {
                if (!remove(rest, item)) {
                    return false;
                }
            }
            return true;
        }
        if (form == CelType.ListForm.MAP) {
            List<String> keys = left.form() == CelType.ListForm.MAP ? left.keys() : right.keys();
            Map<List<Object>, Object> byKey = byKey(left, keys);
            for (Object item : right.items()) {
                Object mine = byKey.get(keyOf(item, keys));
                if (mine == null || !equal(mine, item)) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean remove(List<Object> rest, Object item) {
        for (int i = 0; i < rest.size(); i++) {
            if (equal(rest.get(i), item)) {
                rest.remove(i);
                return true;
            }
        }
        return false;
    }

    static Map<List<Object>, Object> byKey(CelList list, List<String> keys) {
        Map<List<Object>, Object> out = new LinkedHashMap<>();
        for (Object item : list.items()) {
            out.put(keyOf(item, keys), item);
        }
        return out;
    }

    static List<Object> keyOf(Object item, List<String> keys) {
        List<Object> out = new ArrayList<>(keys.size());
        for (String key : keys) {
            Object value = item instanceof CelMap map ? map.get(key) : null;
            out.add(value == null ? NullValue.NULL : key(value));
        }
        return out;
    }

    private static boolean maps(CelMap left, CelMap right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Object key : left.keys()) {
            Object mine = left.get(key);
            Object theirs = right.get(key);
            if (mine == null || theirs == null || !equal(mine, theirs)) {
                return false;
            }
        }
        return true;
    }

    /** Order as {@code <} has it; below, at or above zero. */
    static int compare(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            return numbers(left, right);
        }
        if (left instanceof String one && right instanceof String other) {
            return Texts.compare(one, other);
        }
        if (left instanceof Boolean one && right instanceof Boolean other) {
            return one.compareTo(other);
        }
        if (left instanceof CelBytes one && right instanceof CelBytes other) {
            return one.compareTo(other);
        }
        if (left instanceof Instant one && right instanceof Instant other) {
            return one.compareTo(other);
        }
        if (left instanceof Duration one && right instanceof Duration other) {
            return one.compareTo(other);
        }
        throw CelEvaluationException.noSuchOverload();
    }

    /** True where the order is not defined since one is not a number. */
    static boolean isUnordered(Object left, Object right) {
        return left instanceof Double one && one.isNaN() || right instanceof Double other && other.isNaN();
    }

    private static int numbers(Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return Long.compare(one, other);
        }
        if (isUnordered(left, right)) {
            return 1;
        }
        if (left instanceof Double one && right instanceof Double other) {
            return one < other ? -1 : one > other ? 1 : 0;
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static java.math.BigDecimal decimal(Object number) {
        if (number instanceof Double value) {
            if (value.isInfinite()) {
                return new java.math.BigDecimal(value > 0 ? "1e400" : "-1e400");
            }
            return new java.math.BigDecimal(value);
        }
        return new java.math.BigDecimal(Objects.toString(number));
    }
}
