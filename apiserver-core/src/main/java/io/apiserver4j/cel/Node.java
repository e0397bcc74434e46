// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a compiled expression. */
abstract class Node {
    /** The type that the checker found. */
    final CelType type;
    /** Number of the node in its expression, by which the source knows its place. */
    final long id;

    Node(long id, CelType type) {
        this.id = id;
        this.type = type;
    }

    /** The value; an error is thrown as {@link CelEvaluationException}. */
    abstract Object eval(Frame frame);

    /** The value as a branch of a ternary or as an index, where the step to a variable costs nothing. */
    Object evalBare(Frame frame) {
        return eval(frame);
    }

    /** Evaluates as a test of presence. */
    boolean isAttribute() {
        return false;
    }

    /** The nodes this one is made of. */
    List<Node> parts() {
        return List.of();
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw CelEvaluationException.noSuchOverload();
    }

    /** A constant. */
    static final class Constant extends Node {
        final Object value;
        /** What it is estimated to cost: something where it was made of others when it was compiled. */
        final long estimate;

        Constant(long id, CelType type, Object value) {
            this(id, type, value, 0);
        }

        Constant(long id, CelType type, Object value, long estimate) {
            super(id, type);
            this.value = value;
            this.estimate = estimate;
        }

        @Override
        Object eval(Frame frame) {
            return value;
        }
    }

    /** A variable of the environment. */
    static final class Global extends Node {
        final String name;
        private final int position;

        Global(long id, CelType type, String name, int position) {
            super(id, type);
            this.name = name;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            frame.charge(1);
            return frame.global(position);
        }

        @Override
        Object evalBare(Frame frame) {
            return frame.global(position);
        }

        @Override
        boolean isAttribute() {
            return true;
        }
    }

    /** A variable of a comprehension. */
    static final class Local extends Node {
        final String name;
        final int slot;

        Local(long id, CelType type, String name, int slot) {
            super(id, type);
            this.name = name;
            this.slot = slot;
        }

        @Override
        Object eval(Frame frame) {
            frame.charge(1);
            return evalBare(frame);
        }

        @Override
        Object evalBare(Frame frame) {
            Object value = frame.locals[slot];
            if (value instanceof CelEvaluationException error) {
                throw error;
            }
            return value;
        }

        @Override
        boolean isAttribute() {
            return true;
        }
    }

    /** Both, or either: an error counts only where the other side does not decide. */
    static final class Logic extends Node {
        final Node left;
        final Node right;
        final boolean deciding;

        Logic(long id, Node left, Node right, boolean deciding) {
            super(id, CelType.BOOL);
            this.left = left;
            this.right = right;
            this.deciding = deciding;
        }

        @Override
        Object eval(Frame frame) {
            CelEvaluationException error = null;
            try {
                if (truth(left.eval(frame)) == deciding) {
                    return deciding;
                }
            } catch (CelEvaluationException first) {
                error = first;
            }
            if (error == null) {
                return truth(right.eval(frame));
            }
            try {
                if (truth(right.eval(frame)) == deciding) {
                    return deciding;
                }
            } catch (CelEvaluationException second) {
                throw error;
            }
            throw error;
        }

        @Override
        List<Node> parts() {
            return List.of(left, right);
        }
    }

    /** {@code condition ? yes : no}. */
    static final class Conditional extends Node {
        final Node condition;
        final Node yes;
        final Node no;

        Conditional(long id, CelType type, Node condition, Node yes, Node no) {
            super(id, type);
            this.condition = condition;
            this.yes = yes;
            this.no = no;
        }

        @Override
        Object eval(Frame frame) {
            return truth(condition.eval(frame)) ? yes.evalBare(frame) : no.evalBare(frame);
        }

        @Override
        boolean isAttribute() {
            return true;
        }

        @Override
        List<Node> parts() {
            return List.of(condition, yes, no);
        }
    }

    /** False only for the value false: errors go on. */
    static final class NotStrictlyFalse extends Node {
        final Node operand;

        NotStrictlyFalse(long id, Node operand) {
            super(id, CelType.BOOL);
            this.operand = operand;
        }

        @Override
        Object eval(Frame frame) {
            boolean out;
            try {
                out = operand.eval(frame) != Boolean.FALSE;
            } catch (CelEvaluationException error) {
                out = true;
            }
            frame.charge(1);
            return out;
        }

        @Override
        List<Node> parts() {
            return List.of(operand);
        }
    }

    /** A call of a function; of several overloads the first that fits the values. */
    static final class Call extends Node {
        final String function;
        final List<FunctionTable.Overload> overloads;
        final List<Node> arguments;

        Call(long id, CelType type, String function, List<FunctionTable.Overload> overloads, List<Node> arguments) {
            super(id, type);
            this.function = function;
            this.overloads = overloads;
            this.arguments = arguments;
        }

        @Override
        Object eval(Frame frame) {
            Object[] values = new Object[arguments.size()];
            CelEvaluationException error = null;
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).eval(frame);
            }
            FunctionTable.Overload overload = fitting(values);
            if (overload == null) {
                throw CelEvaluationException.noSuchOverload();
            }
            Object result;
            try {
                result = overload.body().call(values);
            } catch (CelEvaluationException failed) {
                error = failed;
                result = "";
            }
            frame.charge(
                    overloads.size() == 1
                            ? overload.cost().of(values, result)
                            : overload.costWhenDynamic(values, result));
            if (error != null) {
                throw error;
            }
            return result;
        }

        private FunctionTable.@Nullable Overload fitting(Object[] values) {
            for (FunctionTable.Overload one : overloads) {
                if (one.accepts(values)) {
                    return one;
                }
            }
            return null;
        }

        @Override
        List<Node> parts() {
            return arguments;
        }
    }
}
