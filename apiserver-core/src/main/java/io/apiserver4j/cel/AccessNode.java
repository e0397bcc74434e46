// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step into a value: a field, an index, or whether a field is there. */
abstract class AccessNode extends Node {
    final Node operand;

    AccessNode(long id, CelType type, Node operand) {
        super(id, type);
        this.operand = operand;
    }

    @Override
    boolean isAttribute() {
        return true;
    }

    /** The operand; what is no variable or step costs one more to step into. */
    final Object operand(Frame frame, boolean bare) {
        if (operand.isAttribute() && !(operand instanceof Conditional)) {
            return bare ? operand.evalBare(frame) : operand.eval(frame);
        }
        Object value = operand.eval(frame);
        if (!bare && !(operand instanceof Conditional)) {
            frame.charge(1);
        }
        return value;
    }

    abstract Object step(Frame frame, Object from);

    @Override
    Object eval(Frame frame) {
        return step(frame, operand(frame, false));
    }

    @Override
    final Object evalBare(Frame frame) {
        return step(frame, operand(frame, true));
    }

    /** {@code a.b}, or {@code a.?b}. */
    static final class Select extends AccessNode {
        final String field;
        final boolean optional;

        Select(long id, CelType type, Node operand, String field, boolean optional) {
            super(id, type, operand);
            this.field = field;
            this.optional = optional;
        }

        @Override
        Object step(Frame frame, Object from) {
            frame.charge(1);
            if (from instanceof CelOptional holder) {
                Object inner = holder.value();
                return inner == null ? CelOptional.NONE : new CelOptional(member(inner));
            }
            Object found = member(from);
            if (optional) {
                return new CelOptional(found);
            }
            if (found == null) {
                throw CelEvaluationException.noSuchKey(field);
            }
            return found;
        }

        private @Nullable Object member(Object from) {
            if (from instanceof CelMap map) {
                return map.get(field);
            }
            throw CelEvaluationException.noSuchOverload();
        }

        @Override
        List<Node> parts() {
            return List.of(operand);
        }
    }

    /** {@code has(a.b)}. */
    static final class Has extends AccessNode {
        final String field;

        Has(long id, Node operand, String field) {
            super(id, CelType.BOOL, operand);
            this.field = field;
        }

        @Override
        boolean isAttribute() {
            return false;
        }

        @Override
        Object eval(Frame frame) {
            return step(frame, operand(frame, true));
        }

        @Override
        Object step(Frame frame, Object from) {
            frame.charge(1);
            Object held = from instanceof CelOptional holder ? holder.value() : from;
            if (held == null) {
                return false;
            }
            if (held instanceof CelMap map) {
                return map.get(field) != null;
            }
            throw CelEvaluationException.noSuchOverload();
        }

        @Override
        List<Node> parts() {
            return List.of(operand);
        }
    }

    /** {@code a[b]}, or {@code a[?b]}. */
    static final class Index extends AccessNode {
        final Node key;
        final boolean optional;

        Index(long id, CelType type, Node operand, Node key, boolean optional) {
            super(id, type, operand);
            this.key = key;
            this.optional = optional;
        }

        @Override
        Object step(Frame frame, Object from) {
            Object at = key.evalBare(frame);
            frame.charge(1);
            if (from instanceof CelOptional holder) {
                Object inner = holder.value();
                return inner == null ? CelOptional.NONE : new CelOptional(find(inner, at));
            }
            Object found = find(from, at);
            if (optional) {
                return new CelOptional(found);
            }
            if (found == null) {
                throw from instanceof CelList
                        ? new CelEvaluationException("index out of bounds: " + Texts.of(at))
                        : CelEvaluationException.noSuchKey(at);
            }
            return found;
        }

        private static @Nullable Object find(Object from, Object at) {
            if (from instanceof CelMap map) {
                return map.get(at);
            }
            if (!(from instanceof CelList list)) {
                throw CelEvaluationException.noSuchOverload();
            }
            if (!(Comparison.key(at) instanceof Long position)) {
                throw new CelEvaluationException("unsupported index type '" + CelValues.typeOf(at) + "' in list");
            }
            return position < 0 || position >= list.size() ? null : list.get((int) (long) position);
        }

        @Override
        List<Node> parts() {
            return List.of(operand, key);
        }
    }
}
