// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of an environment: what the checker is told of them, what they do, what a call costs. */
final class FunctionTable {
    private final Map<String, List<Overload>> byFunction = new LinkedHashMap<>();
    private final Map<String, Overload> byId = new LinkedHashMap<>();

    /** What a function does; arguments start with the receiver. */
    @FunctionalInterface
    interface Body {
        Object call(Object[] arguments);
    }

    /** What a call costs at run time. */
    @FunctionalInterface
    interface Cost {
        /** A call of one step. */
        Cost ONE = (arguments, result) -> 1;

        long of(Object[] arguments, Object result);
    }

    /**
     * One signature.
     *
     * @param member true where the first parameter is the receiver
     * @param declared false for what the checker knows by itself
     * @param costByFunction true where the cost holds even when the overload is not known before evaluation
     */
    record Overload(
            String function,
            String id,
            boolean member,
            CelType result,
            List<CelType> parameters,
            Body body,
            Cost cost,
            boolean declared,
            boolean costByFunction) {
        boolean accepts(Object[] values) {
            if (values.length != parameters.size()) {
                return false;
            }
            for (int i = 0; i < values.length; i++) {
                if (!CelValues.isInstance(values[i], parameters.get(i))) {
                    return false;
                }
            }
            return true;
        }

        long costWhenDynamic(Object[] values, Object result) {
            return costByFunction ? cost.of(values, result) : 1;
        }
    }

    /** A function of the standard, which the checker knows. */
    void standard(String function, String id, List<CelType> parameters, Body body, Cost cost) {
        put(new Overload(function, id, false, CelType.DYN, parameters, body, cost, false, false));
    }

    /** A global function. */
    void global(String function, String id, CelType result, List<CelType> parameters, Body body, Cost cost) {
        put(new Overload(function, id, false, result, parameters, body, cost, true, true));
    }

    /** A function with a receiver. */
    void member(String function, String id, CelType result, List<CelType> parameters, Body body, Cost cost) {
        put(new Overload(function, id, true, result, parameters, body, cost, true, true));
    }

    private void put(Overload overload) {
        byFunction
                .computeIfAbsent(overload.function(), name -> new ArrayList<>())
                .add(overload);
        byId.put(overload.id(), overload);
    }

    @Nullable
    Overload find(String id) {
        return byId.get(id);
    }

    List<Overload> of(String function) {
        return byFunction.getOrDefault(function, List.of());
    }

    Map<String, List<Overload>> functions() {
        return byFunction;
    }
}
