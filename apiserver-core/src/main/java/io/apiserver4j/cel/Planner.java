// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import io.apiserver4j.value.NullValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns one checked expression into nodes that can be evaluated. Used once. */
final class Planner {
    private final CelAbstractSyntaxTree tree;
    private final FunctionTable functions;
    private final Map<String, CelType> objects;
    private final Map<String, CelType> variables;
    private final List<String> used = new ArrayList<>();
    private final Deque<Map<String, Integer>> scopes = new ArrayDeque<>();
    private int slots;

    Planner(
            CelAbstractSyntaxTree tree,
            FunctionTable functions,
            Map<String, CelType> variables,
            Map<String, CelType> objects) {
        this.tree = tree;
        this.functions = functions;
        this.variables = variables;
        this.objects = objects;
    }

    Node plan() {
        return plan(tree.getExpr());
    }

    /** Variables of the environment that the expression names, in the order of their positions. */
    List<String> used() {
        return used;
    }

    int slots() {
        return slots;
    }

    private CelType typeOf(CelExpr expression) {
        return tree.getType(expression.id())
                .map(type -> DevTypes.from(type, objects))
                .orElse(CelType.DYN);
    }

    private Node plan(CelExpr expression) {
        Optional<CelReference> reference = tree.getReference(expression.id());
        return switch (expression.getKind()) {
            case CONSTANT -> new Node.Constant(expression.id(), typeOf(expression), constant(expression.constant()));
            case IDENT ->
                name(
                        expression,
                        reference
                                .map(CelReference::name)
                                .filter(n -> !n.isEmpty())
                                .orElse(expression.ident().name()));
            case SELECT -> select(expression, reference);
            case CALL -> call(expression, reference);
            case LIST -> list(expression);
            case MAP -> map(expression);
            case STRUCT -> struct(expression);
            case COMPREHENSION -> fold(expression);
            default -> throw new IllegalStateException("an expression of no kind");
        };
    }

    static Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> new CelUint(constant.uint64Value().longValue());
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> new CelBytes(constant.bytesValue().toByteArray());
            default -> NullValue.NULL;
        };
    }

    private Node name(CelExpr expression, String name) {
        for (Map<String, Integer> scope : scopes) {
            Integer slot = scope.get(name);
            if (slot != null) {
                return new Node.Local(expression.id(), typeOf(expression), name, slot);
            }
        }
        CelType declared = variables.get(name);
        if (declared != null) {
            int position = used.indexOf(name);
            if (position < 0) {
                position = used.size();
                used.add(name);
            }
            return new Node.Global(expression.id(), declared, name, position);
        }
        CelType type = typeOf(expression);
        return new Node.Constant(expression.id(), type, type.kind() == CelType.Kind.TYPE ? type.element() : type);
    }

    private Node select(CelExpr expression, Optional<CelReference> reference) {
        if (reference.isPresent() && !expression.select().testOnly()) {
            return reference.get().value().isPresent()
                    ? new Node.Constant(
                            expression.id(),
                            typeOf(expression),
                            constant(reference.get().value().get()))
                    : name(expression, reference.get().name());
        }
        Node operand = plan(expression.select().operand());
        String field = expression.select().field();
        return expression.select().testOnly()
                ? new AccessNode.Has(expression.id(), operand, field)
                : new AccessNode.Select(expression.id(), typeOf(expression), operand, field, false);
    }

    private Node call(CelExpr expression, Optional<CelReference> reference) {
        CelExpr.CelCall call = expression.call();
        List<FunctionTable.Overload> overloads = overloads(call.function(), reference);
        boolean member = call.target().isPresent()
                && (overloads.isEmpty()
                        || overloads.get(0).member()
                        || !overloads.get(0).declared());
        List<Node> arguments = new ArrayList<>();
        if (member) {
            arguments.add(plan(call.target().get()));
        }
        call.args().forEach(argument -> arguments.add(plan(argument)));
        long id = expression.id();
        CelType type = typeOf(expression);
        return switch (call.function()) {
            case "_&&_" -> new Node.Logic(id, arguments.get(0), arguments.get(1), false);
            case "_||_" -> new Node.Logic(id, arguments.get(0), arguments.get(1), true);
            case "_?_:_" -> new Node.Conditional(id, type, arguments.get(0), arguments.get(1), arguments.get(2));
            case "@not_strictly_false", "__not_strictly_false__" -> new Node.NotStrictlyFalse(id, arguments.get(0));
            case "_[_]" -> new AccessNode.Index(id, type, arguments.get(0), arguments.get(1), false);
            case "_[?_]" -> new AccessNode.Index(id, type, arguments.get(0), arguments.get(1), true);
            case "_?._" -> new AccessNode.Select(id, type, arguments.get(0), field(arguments.get(1)), true);
            case "or", "orValue" ->
                overloads.stream().anyMatch(one -> one.id().startsWith("optional_or"))
                        ? new OptionalNode(
                                id,
                                type,
                                arguments.get(0),
                                arguments.get(1),
                                call.function().equals("orValue"))
                        : called(id, type, call.function(), overloads, arguments);
            default -> called(id, type, call.function(), overloads, arguments);
        };
    }

    private static String field(Node name) {
        return name instanceof Node.Constant constant ? String.valueOf(constant.value) : "";
    }

    private List<FunctionTable.Overload> overloads(String function, Optional<CelReference> reference) {
        List<FunctionTable.Overload> out = new ArrayList<>();
        if (reference.isPresent()) {
            for (String id : reference.get().overloadIds()) {
                FunctionTable.Overload found = functions.find(id);
                if (found != null) {
                    out.add(found);
                }
            }
            if (out.size() == reference.get().overloadIds().size()) {
                return out;
            }
        }
        return functions.of(function);
    }

    private Node called(
            long id, CelType type, String function, List<FunctionTable.Overload> overloads, List<Node> arguments) {
        if (overloads.isEmpty()) {
            throw new IllegalStateException("no function " + function);
        }
        if (function.equals("@in") && arguments.get(1) instanceof Node.Constant) {
            // Whether something is one of constants is looked up at no cost, as the real optimizer has it.
            return new OptionalNode.OneOf(id, arguments.get(0), (Node.Constant) arguments.get(1));
        }
        Node.Call call = new Node.Call(id, type, function, overloads, arguments);
        if (Conversions.FUNCTIONS.contains(function) && arguments.get(0) instanceof Node.Constant) {
            Object made = folded(call);
            return made == null
                    ? call
                    : new Node.Constant(id, type, made, 1 + ((Node.Constant) arguments.get(0)).estimate);
        }
        return call;
    }

    private static @Nullable Object folded(Node.Call call) {
        try {
            return call.eval(new Frame(CelBindings.NONE, new String[0], new CelType[0], 0, Long.MAX_VALUE));
        } catch (CelEvaluationException later) {
            return null;
        }
    }

    private Node list(CelExpr expression) {
        List<Node> items = new ArrayList<>();
        expression.list().elements().forEach(item -> items.add(plan(item)));
        Set<Integer> optional = new LinkedHashSet<>(expression.list().optionalIndices());
        if (!items.isEmpty() && optional.isEmpty() && items.stream().allMatch(Node.Constant.class::isInstance)) {
            List<Object> values =
                    items.stream().map(item -> ((Node.Constant) item).value).toList();
            long estimate = 10
                    + items.stream()
                            .mapToLong(item -> ((Node.Constant) item).estimate)
                            .sum();
            return new Node.Constant(expression.id(), typeOf(expression), CelList.of(values), estimate);
        }
        return new BuildNode.ListOf(expression.id(), typeOf(expression), items, optional);
    }

    private Node map(CelExpr expression) {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        Set<Integer> optional = new LinkedHashSet<>();
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
            if (entry.optionalEntry()) {
                optional.add(keys.size());
            }
            keys.add(plan(entry.key()));
            values.add(plan(entry.value()));
        }
        return new BuildNode.MapOf(expression.id(), typeOf(expression), keys, values, optional);
    }

    private Node struct(CelExpr expression) {
        Map<String, Node> fields = new LinkedHashMap<>();
        Set<String> optional = new LinkedHashSet<>();
        for (CelExpr.CelStruct.Entry entry : expression.struct().entries()) {
            if (entry.optionalEntry()) {
                optional.add(entry.fieldKey());
            }
            fields.put(entry.fieldKey(), plan(entry.value()));
        }
        CelType type = CelType.object(expression.struct().messageName(), Map.of());
        return new BuildNode.ObjectOf(expression.id(), type, fields, optional);
    }

    private Node fold(CelExpr expression) {
        CelExpr.CelComprehension loop = expression.comprehension();
        Node range = plan(loop.iterRange());
        Node initial = plan(loop.accuInit());
        Map<String, Integer> outer = new LinkedHashMap<>();
        int accumulator = slots++;
        outer.put(loop.accuVar(), accumulator);
        Map<String, Integer> inner = new LinkedHashMap<>(outer);
        int slot = slots++;
        inner.put(loop.iterVar(), slot);
        int slot2 = -1;
        if (!loop.iterVar2().isEmpty()) {
            slot2 = slots++;
            inner.put(loop.iterVar2(), slot2);
        }
        scopes.push(inner);
        Node condition = plan(loop.loopCondition());
        Node step = plan(loop.loopStep());
        scopes.pop();
        scopes.push(outer);
        Node result = plan(loop.result());
        scopes.pop();
        return new FoldNode(
                expression.id(), typeOf(expression), range, slot, slot2, accumulator, initial, condition, step, result);
    }
}
