// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Arithmetic on amounts by resource name. Gives new maps, in order of the names. */
final class Amounts {
    private Amounts() {}

    /** The sum, with all names of both. */
    static Map<String, Quantity> sum(Map<String, Quantity> some, Map<String, Quantity> more) {
        Map<String, Quantity> out = new TreeMap<>(some);
        more.forEach((name, amount) -> out.merge(name, amount, Quantity::plus));
        return out;
    }

    /** What is more than before, by the names of now; zero where it is not more. */
    static Map<String, Quantity> growth(Map<String, Quantity> now, Map<String, Quantity> before) {
        Map<String, Quantity> out = new TreeMap<>();
        now.forEach((name, amount) -> {
            Quantity old = before.get(name);
            Quantity more = old == null ? amount : amount.minus(old);
            out.put(name, more.sign() > 0 ? more : Quantity.ZERO);
        });
        return out;
    }

    /** The amounts of these names. */
    static Map<String, Quantity> only(Map<String, Quantity> amounts, Collection<String> names) {
        Map<String, Quantity> out = new TreeMap<>();
        amounts.forEach((name, amount) -> {
            if (names.contains(name)) {
                out.put(name, amount);
            }
        });
        return out;
    }

    static Map<String, Quantity> withoutZeros(Map<String, Quantity> amounts) {
        Map<String, Quantity> out = new TreeMap<>(amounts);
        out.values().removeIf(Quantity::isZero);
        return out;
    }

    /** True where both have the same names with the same amounts, however they are written. */
    static boolean same(Map<String, Quantity> some, Map<String, Quantity> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream().allMatch(one -> {
                    Quantity other = others.get(one.getKey());
                    return other != null && other.compareTo(one.getValue()) == 0;
                });
    }

    /** {@code a=1,b=2}. */
    static String shown(Map<String, Quantity> amounts) {
        return amounts.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(","));
    }

    static ObjectValue object(Map<String, Quantity> amounts) {
        ObjectEditor out = ObjectValue.builder();
        amounts.forEach((name, amount) -> out.put(name, amount.toString()));
        return out.build();
    }
}
