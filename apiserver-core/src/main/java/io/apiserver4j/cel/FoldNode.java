// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A comprehension: goes over a list or the keys of a map and keeps an accumulated value, which may be an error. */
final class FoldNode extends Node {
    final Node range;
    final int slot;
    /** The slot of the second variable, or -1. */
    final int slot2;

    final int accumulator;
    final Node initial;
    final Node condition;
    final Node step;
    final Node result;

    FoldNode(
            long id,
            CelType type,
            Node range,
            int slot,
            int slot2,
            int accumulator,
            Node initial,
            Node condition,
            Node step,
            Node result) {
        super(id, type);
        this.range = range;
        this.slot = slot;
        this.slot2 = slot2;
        this.accumulator = accumulator;
        this.initial = initial;
        this.condition = condition;
        this.step = step;
        this.result = result;
    }

    @Override
    Object eval(Frame frame) {
        Object over = range.eval(frame);
        frame.locals[accumulator] = initial.eval(frame);
        if (over instanceof CelList list) {
            for (int i = 0; i < list.size(); i++) {
                boolean goesOn = slot2 < 0 ? once(frame, list.get(i), null) : once(frame, (long) i, list.get(i));
                if (!goesOn) {
                    break;
                }
            }
        } else if (over instanceof CelMap map) {
            for (Object key : map.keys()) {
                if (!once(frame, key, slot2 < 0 ? null : map.get(key))) {
                    break;
                }
            }
        } else {
            throw CelEvaluationException.noSuchOverload();
        }
        return result.eval(frame);
    }

    private boolean once(Frame frame, Object first, @Nullable Object second) {
        frame.locals[slot] = first;
        if (slot2 >= 0 && second != null) {
            frame.locals[slot2] = second;
        }
        if (condition.eval(frame) != Boolean.TRUE) {
            return false;
        }
        Object next;
        try {
            next = step.eval(frame);
        } catch (CelEvaluationException error) {
            next = error;
        }
        frame.locals[accumulator] = next;
        return true;
    }

    @Override
    List<Node> parts() {
        return List.of(range, initial, condition, step, result);
    }
}
