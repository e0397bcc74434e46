// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;

/** {@code a.or(b)} and {@code a.orValue(b)}: the second is evaluated only where the first has no value. */
final class OptionalNode extends Node {
    final Node first;
    final Node second;
    private final boolean unwraps;

    OptionalNode(long id, CelType type, Node first, Node second, boolean unwraps) {
        super(id, type);
        this.first = first;
        this.second = second;
        this.unwraps = unwraps;
    }

    @Override
    Object eval(Frame frame) {
        if (!(first.eval(frame) instanceof CelOptional optional)) {
            throw CelEvaluationException.noSuchOverload();
        }
        Object value = optional.value();
        if (value != null) {
            return unwraps ? value : optional;
        }
        return second.eval(frame);
    }

    @Override
    List<Node> parts() {
        return List.of(first, second);
    }

    /** {@code a in [constants]}. */
    static final class OneOf extends Node {
        final Node operand;
        final Constant range;

        OneOf(long id, Node operand, Constant range) {
            super(id, CelType.BOOL);
            this.operand = operand;
            this.range = range;
        }

        @Override
        Object eval(Frame frame) {
            Object value = operand.eval(frame);
            if (range.value instanceof CelMap map) {
                return map.get(value) != null;
            }
            if (range.value instanceof CelList list) {
                for (Object item : list.items()) {
                    if (Comparison.equal(value, item)) {
                        return true;
                    }
                }
                return false;
            }
            throw CelEvaluationException.noSuchOverload();
        }

        @Override
        List<Node> parts() {
            return List.of(operand, range);
        }
    }
}
