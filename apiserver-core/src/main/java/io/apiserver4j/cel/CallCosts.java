// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates of calls: rules of cel-go by overload, before which those of Kubernetes go by function. */
final class CallCosts {
    private static final CostEstimate ONE = CostEstimate.of(1);

    private CallCosts() {}

    /** The cost of the call without its arguments, and what is known of the result. */
    record Found(CostEstimate cost, CostEstimator.@Nullable Shape result) {
        static Found of(CostEstimate cost) {
            return new Found(cost, null);
        }

        static Found of(CostEstimate cost, CostEstimate size) {
            return new Found(cost, CostEstimator.Shape.sized(size));
        }
    }

    static Found of(CostEstimator costs, Node.Call call, FunctionTable.Overload overload) {
        List<Node> arguments = call.arguments;
        Found special = byFunction(costs, call.function, overload, arguments);
        return special == null ? byOverload(costs, overload.id(), arguments) : special;
    }

    private static CostEstimate size(CostEstimator costs, List<Node> arguments, int position) {
        return arguments.size() > position ? costs.sizeOf(arguments.get(position)) : CostEstimate.NONE;
    }

    private static @Nullable Found byFunction(
            CostEstimator costs, String function, FunctionTable.Overload overload, List<Node> arguments) {
        if (!overload.declared()) {
            return null;
        }
        CostEstimate first = size(costs, arguments, 0);
        CostEstimate second = size(costs, arguments, 1);
        switch (function) {
            case "check":
                return Found.of(CostEstimate.of(350_000));
            case "fieldSelector", "labelSelector":
                return Found.of(CostEstimate.of(10)
                        .plus(second.times(0.1))
                        .plus(second.times(0.5).times(50.0)));
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf":
                return searches(costs, arguments.get(0), first);
            case "url", "jsonpatch.escapeKey", "lowerAscii", "upperAscii", "substring", "trim":
                return Found.of(first.times(0.1), first);
            case "replace":
                return Found.of(first.times(0.2), replaced(first, second, size(costs, arguments, 2)));
            case "split":
                long most = arguments.size() > 2
                                && arguments.get(2) instanceof Node.Constant constant
                                && constant.value instanceof Long count
                        ? count
                        : first.max();
                return Found.of(first.times(0.2), new CostEstimate(0, most));
            case "join":
                CostEstimate joined = first.times(costs.itemsOf(arguments.get(0)));
                if (arguments.size() > 1) {
                    joined = joined.plus(
                            second.times(new CostEstimate(Math.max(first.min() - 1, 0), Math.max(first.max() - 1, 0))));
                }
                return Found.of(joined.times(0.1), joined);
            case "find", "findAll":
                return Found.of(first.plus(ONE).times(0.1).times(second.times(0.25)), new CostEstimate(0, first.max()));
            case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver":
                return Found.of(first.times(0.1));
            case "ip":
                return Found.of(overload.id().equals("cidr_ip") ? ONE : first.times(0.1));
            case "ip.isCanonical":
                return Found.of(first.times(0.2));
            case "containsIP", "containsCIDR":
                return contains(overload.id(), second);
            case "validate":
                return Found.of(second.times(0.1).times(128 * 0.25));
            case "sets.contains", "sets.intersects":
                return Found.of(first.times(second).plus(ONE));
            case "sets.equivalent":
                return Found.of(first.times(second).times(2.0).plus(ONE));
            default:
                return lists(costs, overload.id(), arguments, first);
        }
    }

    private static Found searches(CostEstimator costs, Node target, CostEstimate size) {
        if (target.type.kind() != CelType.Kind.LIST) {
            return Found.of(size.times(0.1));
        }
        CelType.Kind kind = target.type.element().kind();
        boolean texts = kind == CelType.Kind.STRING || kind == CelType.Kind.BYTES;
        CostEstimate item = texts ? ONE.plus(costs.itemsOf(target).times(0.1)) : ONE;
        return Found.of(size.times(item));
    }

    private static CostEstimate replaced(CostEstimate size, CostEstimate old, CostEstimate by) {
        long maxCount = 0;
        long maxKept = 0;
        if (old.min() == 0) {
            maxCount = size.max() == Long.MAX_VALUE ? size.max() : size.max() + 1;
            maxKept = size.max();
        } else if (by.max() <= old.min()) {
            maxKept = size.max();
        } else {
            maxCount = (long) Math.ceil((double) size.max() / old.min());
        }
        long minCount = 0;
        long minKept = 0;
        if (old.max() == 0) {
            minCount = size.min() == Long.MAX_VALUE ? size.min() : size.min() + 1;
            minKept = size.min();
        } else if (old.max() <= by.min()) {
            minKept = size.min();
        } else {
            minCount = (long) Math.ceil((double) size.min() / old.max());
        }
        return new CostEstimate(minCount, maxCount).times(by).plus(new CostEstimate(minKept, maxKept));
    }

    private static Found contains(String overload, CostEstimate other) {
        CostEstimate bytes = new CostEstimate(4, 16);
        CostEstimate cost = bytes.plus(bytes).times(0.1);
        if (overload.startsWith("cidr_contains_cidr")) {
            cost = cost.plus(bytes.times(0.1)).plus(ONE);
        }
        return Found.of(overload.endsWith("_string") ? cost.plus(other.times(0.1)) : cost);
    }

    private static @Nullable Found lists(
            CostEstimator costs, String overload, List<Node> arguments, CostEstimate first) {
        CostEstimate base = CostEstimate.of(11);
        CostEstimate items = arguments.isEmpty() ? CostEstimator.UNKNOWN : costs.itemsOf(arguments.get(0));
        if (overload.equals("list_reverse") || overload.equals("list_slice") || overload.startsWith("list_flatten")) {
            CostEstimate size = overload.equals("list_slice") ? new CostEstimate(0, first.max()) : first;
            return new Found(base.plus(first), new CostEstimator.Shape(size, ONE, items, null));
        }
        if (overload.equals("list_distinct") || overload.endsWith("_sort") || overload.contains("_sortBy")) {
            boolean texts =
                    !arguments.isEmpty() && arguments.get(0).type.element().kind() == CelType.Kind.STRING;
            CostEstimate cost = base.plus(first.times(first).times(texts ? 2.1 : 2.0));
            return new Found(cost, new CostEstimator.Shape(first, ONE, items, null));
        }
        return null;
    }

    private static Found byOverload(CostEstimator costs, String overload, List<Node> arguments) {
        CostEstimate first = size(costs, arguments, 0);
        CostEstimate second = size(costs, arguments, 1);
        switch (overload) {
            case "string_format":
                return Found.of(first.times(0.1));
            case "string_to_bytes":
                return Found.of(first.times(0.1), new CostEstimate(first.min(), CostEstimate.multiply(first.max(), 4)));
            case "bytes_to_string":
                return Found.of(first.times(0.1), new CostEstimate(first.min() / 4, first.max()));
            case "strings_quote":
                return Found.of(first.times(0.1), first.times(2.0).plus(CostEstimate.of(2)));
            case "starts_with_string", "ends_with_string":
                return Found.of(second.times(0.1));
            case "in_list":
                return Found.of(second);
            case "matches_string":
                return Found.of(first.plus(ONE).times(0.1).times(second.times(0.25)));
            case "contains_string":
                return Found.of(first.times(0.1).times(second.times(0.1)));
            case "add_list":
                return new Found(
                        ONE,
                        new CostEstimator.Shape(
                                first.plus(second), ONE, known(costs, arguments.get(0), arguments.get(1)), null));
            case "add_string", "add_bytes":
                CostEstimate sum = first.plus(second);
                return Found.of(sum.times(0.1), sum);
            default:
                return compares(overload) ? Found.of(compared(arguments, first, second)) : Found.of(ONE);
        }
    }

    private static @Nullable CostEstimate known(CostEstimator costs, Node left, Node right) {
        CostEstimate one = costs.shape(left).items();
        CostEstimate other = costs.shape(right).items();
        return one == null ? other : other == null ? one : one.union(other);
    }

    private static boolean compares(String overload) {
        return overload.equals("equals")
                || overload.equals("not_equals")
                || overload.matches("(less|greater)(_equals)?_(string|bytes)");
    }

    private static CostEstimate compared(List<Node> arguments, CostEstimate left, CostEstimate right) {
        if (arguments.get(0).type.kind() == CelType.Kind.OPAQUE) {
            return ONE;
        }
        long smaller = Math.min(left.max(), right.max());
        return new CostEstimate(smaller > 0 ? 1 : 0, smaller).times(0.1);
    }
}
