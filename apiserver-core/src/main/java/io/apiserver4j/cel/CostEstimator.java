// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least and the most that an expression may cost, found without evaluating it: by the rules of cel-go's checker and of
 * Kubernetes' estimator, whose limits decide which rules a definition may have. Used once.
 */
final class CostEstimator {
    static final CostEstimate UNKNOWN = new CostEstimate(0, Long.MAX_VALUE);
    private static final CostEstimate ONE = CostEstimate.of(1);

    /** Sizes of a value, of its keys and of its items, and its type in the schema, as far as they are known. */
    record Shape(
            @Nullable CostEstimate size,
            @Nullable CostEstimate keys,
            @Nullable CostEstimate items,
            @Nullable CelType declared) {
        static final Shape NOTHING = new Shape(null, null, null, null);

        static Shape sized(@Nullable CostEstimate size) {
            return new Shape(size, null, null, null);
        }
    }

    private final Map<String, CelType> variables;
    private final Map<Node, Shape> shapes = new HashMap<>();
    private final Map<Integer, Deque<Shape>> locals = new HashMap<>();

    CostEstimator(Map<String, CelType> variables) {
        this.variables = variables;
    }

    CostEstimate estimate(Node node) {
        if (node instanceof Node.Constant constant) {
            shapes.put(node, constantShape(constant));
            return CostEstimate.of(constant.estimate);
        }
        if (node instanceof Node.Global global) {
            shapes.put(node, declared(variables.get(global.name)));
            return ONE;
        }
        if (node instanceof Node.Local local) {
            Deque<Shape> known = locals.get(local.slot);
            Shape shape = known == null || known.isEmpty() ? Shape.NOTHING : known.peek();
            shapes.put(node, shape.size() == null && isScalar(node.type) ? Shape.sized(ONE) : shape);
            return ONE;
        }
        if (node instanceof AccessNode access) {
            return access(access);
        }
        if (node instanceof FoldNode fold) {
            return fold(fold);
        }
        if (node instanceof BuildNode build) {
            return build(build);
        }
        if (node instanceof Node.Logic logic) {
            CostEstimate left = estimate(logic.left);
            CostEstimate both = left.plus(estimate(logic.right));
            shapes.put(node, Shape.sized(ONE));
            return new CostEstimate(left.min(), both.max());
        }
        if (node instanceof Node.Conditional conditional) {
            CostEstimate condition = estimate(conditional.condition);
            CostEstimate yes = estimate(conditional.yes);
            CostEstimate no = estimate(conditional.no);
            shapes.put(node, union(shape(conditional.yes), shape(conditional.no)));
            return condition.plus(yes.union(no));
        }
        return call(node);
    }

    private CostEstimate access(AccessNode node) {
        CostEstimate operand = estimate(node.operand);
        CelType from = shape(node.operand).declared();
        if (node instanceof AccessNode.Has) {
            shapes.put(node, Shape.sized(ONE));
            return operand;
        }
        if (node instanceof AccessNode.Select select) {
            CelType.Field field = from == null ? null : from.field(select.field);
            CelType member = field != null
                    ? field.type()
                    : from != null && from.kind() == CelType.Kind.MAP ? from.element() : null;
            shapes.put(node, scalarOr(node, declared(member)));
            return switch (node.operand.type.kind()) {
                case MAP, OBJECT, PARAM -> operand.plus(ONE);
                default -> operand;
            };
        }
        CostEstimate key = estimate(((AccessNode.Index) node).key);
        Shape shape = from == null ? Shape.sized(shape(node.operand).items()) : declared(from.element());
        shapes.put(node, scalarOr(node, shape));
        return operand.plus(key).plus(ONE);
    }

    private CostEstimate build(BuildNode node) {
        CostEstimate sum = CostEstimate.NONE;
        CostEstimate items = null;
        for (Node part : node.parts()) {
            sum = sum.plus(estimate(part));
            CostEstimate size = sizeOf(part);
            items = items == null ? size : items.union(size);
        }
        if (node instanceof BuildNode.ListOf list) {
            CostEstimate size = CostEstimate.of(list.items.size());
            shapes.put(node, new Shape(size, ONE, items == null ? CostEstimate.NONE : items, null));
            return sum.plus(CostEstimate.of(10));
        }
        if (node instanceof BuildNode.MapOf map) {
            shapes.put(node, new Shape(CostEstimate.of(map.keys.size()), union(map.keys), union(map.values), null));
            return sum.plus(CostEstimate.of(30));
        }
        shapes.put(node, Shape.NOTHING);
        return sum.plus(CostEstimate.of(40));
    }

    private CostEstimate union(List<Node> parts) {
        return parts.stream().map(this::sizeOf).reduce(CostEstimate::union).orElse(CostEstimate.NONE);
    }

    private CostEstimate fold(FoldNode node) {
        CostEstimate sum = estimate(node.range).plus(estimate(node.initial));
        Shape range = shape(node.range);
        Shape initial = shape(node.initial);
        boolean binds = node.condition instanceof Node.Constant never && never.value.equals(false);
        push(node.accumulator, initial);
        if (binds) {
            sum = sum.plus(estimate(node.result));
            pop(node.accumulator);
            shapes.put(node, shape(node.result));
            return sum;
        }
        CelType declared = range.declared();
        boolean map = node.range.type.kind() == CelType.Kind.MAP;
        Shape items = declared != null ? declared(declared.element()) : Shape.sized(range.items());
        Shape keys = !map
                ? Shape.sized(ONE)
                : declared != null ? declared(declared.parameters().get(0)) : Shape.sized(range.keys());
        push(node.slot, node.slot2 >= 0 || map ? keys : items);
        if (node.slot2 >= 0) {
            push(node.slot2, items);
        }
        CostEstimate condition = estimate(node.condition);
        CostEstimate step = estimate(node.step);
        pop(node.slot);
        if (node.slot2 >= 0) {
            pop(node.slot2);
        }
        sum = sum.plus(estimate(node.result));
        pop(node.accumulator);
        CostEstimate count = sizeOf(node.range);
        boolean collects = node.initial instanceof BuildNode;
        Shape stepped = shape(node.step);
        shapes.put(
                node, collects ? new Shape(count, stepped.keys(), stepped.items(), null) : Shape.sized(initial.size()));
        return sum.plus(count.times(step.plus(condition)));
    }

    private void push(int slot, Shape shape) {
        locals.computeIfAbsent(slot, unused -> new ArrayDeque<>()).push(shape);
    }

    private void pop(int slot) {
        Deque<Shape> known = locals.get(slot);
        if (known != null) {
            known.pop();
        }
    }

    private CostEstimate call(Node node) {
        CostEstimate sum = CostEstimate.NONE;
        for (Node part : node.parts()) {
            sum = sum.plus(estimate(part));
        }
        if (node instanceof OptionalNode.OneOf oneOf) {
            shapes.put(node, Shape.sized(ONE));
            return sum.plus(oneOf.range.value instanceof CelMap ? ONE : sizeOf(oneOf.range));
        }
        if (!(node instanceof Node.Call call)) {
            shapes.put(node, Shape.sized(isScalar(node.type) ? ONE : null));
            return sum.plus(ONE);
        }
        if (call.function.equals("dyn")) {
            shapes.put(node, shape(call.arguments.get(0)));
            return sum.plus(ONE);
        }
        CallCosts.Found cost = null;
        for (FunctionTable.Overload overload : call.overloads) {
            CallCosts.Found one = CallCosts.of(this, call, overload);
            cost = cost == null
                    ? one
                    : new CallCosts.Found(
                            cost.cost().union(one.cost()), cost.result() == null ? one.result() : cost.result());
        }
        Shape result = cost == null || cost.result() == null ? Shape.NOTHING : cost.result();
        shapes.put(node, scalarOr(node, result));
        return sum.plus(cost == null ? ONE : cost.cost());
    }

    private static Shape constantShape(Node.Constant constant) {
        Object value = constant.value;
        if (value instanceof CelList list) {
            CostEstimate items = null;
            for (Object item : list.items()) {
                CostEstimate size = CostEstimate.of(Costs.size(item));
                items = items == null ? size : items.union(size);
            }
            return new Shape(CostEstimate.of(list.size()), ONE, items == null ? CostEstimate.NONE : items, null);
        }
        return Shape.sized(CostEstimate.of(Costs.size(value)));
    }

    private Shape scalarOr(Node node, Shape shape) {
        return shape.size() == null && isScalar(node.type)
                ? new Shape(ONE, shape.keys(), shape.items(), shape.declared())
                : shape;
    }

    private static Shape declared(@Nullable CelType type) {
        if (type == null) {
            return Shape.NOTHING;
        }
        Long max = type.maxElements();
        return new Shape(new CostEstimate(0, max == null ? 0 : max), null, null, type);
    }

    private static boolean isScalar(CelType type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            case OPTIONAL -> isScalar(type.element());
            default -> false;
        };
    }

    Shape shape(Node node) {
        return shapes.getOrDefault(node, Shape.NOTHING);
    }

    CostEstimate sizeOf(Node node) {
        CostEstimate size = shape(node).size();
        return size == null ? UNKNOWN : size;
    }

    /** Size of items of a list. */
    CostEstimate itemsOf(Node node) {
        Shape shape = shape(node);
        if (shape.declared() != null) {
            CostEstimate size = declared(shape.declared().element()).size();
            return size == null ? UNKNOWN : size;
        }
        return shape.items() == null ? UNKNOWN : shape.items();
    }

    static Shape union(Shape one, Shape other) {
        CostEstimate size =
                (one.size() == null ? UNKNOWN : one.size()).union(other.size() == null ? UNKNOWN : other.size());
        CostEstimate items = one.items() == null || other.items() == null
                ? (one.items() == null ? other.items() : one.items())
                : one.items().union(other.items());
        return new Shape(size, one.keys() == null ? other.keys() : one.keys(), items, null);
    }
}
