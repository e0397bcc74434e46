// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.nio.charset.StandardCharsets;

/** What calls cost at run time: constants and rules of cel-go, as Kubernetes uses them. */
final class Costs {
    static final FunctionTable.Cost FREE = (arguments, result) -> 0;
    /** A tenth of the first argument's length. */
    static final FunctionTable.Cost TRAVERSE = (arguments, result) -> tenth(size(arguments[0]));
    /** A tenth of both lengths. */
    static final FunctionTable.Cost CONCAT = (arguments, result) -> tenth(size(arguments[0]) + size(arguments[1]));
    /** A tenth of the shorter length. */
    static final FunctionTable.Cost SHORTER = (arguments, result) ->
            arguments[0] instanceof CelOpaque ? 1 : tenth(Math.min(size(arguments[0]), size(arguments[1])));

    static final FunctionTable.Cost MATCHES =
            (arguments, result) -> tenth(1 + size(arguments[0])) * (long) Math.ceil(size(arguments[1]) * 0.25);
    static final FunctionTable.Cost CONTAINS =
            (arguments, result) -> tenth(size(arguments[0])) * tenth(size(arguments[1]));
    static final FunctionTable.Cost MEMBER = (arguments, result) -> size(arguments[1]);

    private Costs() {}

    static long tenth(long size) {
        return (long) Math.ceil(size * 0.1);
    }

    /** Length of texts, lists and maps; 1 for everything else. */
    static long size(Object value) {
        if (value instanceof String text) {
            return Texts.length(text);
        }
        if (value instanceof CelList list) {
            return list.size();
        }
        if (value instanceof CelMap map) {
            return map.size();
        }
        if (value instanceof CelBytes bytes) {
            return bytes.bytes().length;
        }
        if (value instanceof CelOptional optional) {
            Object inner = optional.value();
            return inner == null ? 1 : size(inner);
        }
        return value instanceof CelOpaque opaque ? opaque.costSize() : 1;
    }

    /** Steps of going over a list or map and all texts in it. */
    static long traverse(Object value) {
        if (value instanceof String text) {
            return (long) (text.getBytes(StandardCharsets.UTF_8).length * 0.1);
        }
        if (value instanceof CelBytes bytes) {
            return (long) (bytes.bytes().length * 0.1);
        }
        long sum = 0;
        if (value instanceof CelList list) {
            for (Object item : list.items()) {
                sum += traverse(item);
            }
            return sum;
        }
        if (value instanceof CelMap map) {
            for (Object key : map.keys()) {
                Object member = map.get(key);
                sum += traverse(key) + (member == null ? 0 : traverse(member));
            }
            return sum;
        }
        return 1;
    }
}
