// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays an applied configuration over a live object by their schema. Nothing is removed here: what only the live object
 * has stays. Where nothing changes, the live tree itself is the result.
 */
final class ApplyMerge {
    private static final int SHORT = 16;

    private ApplyMerge() {}

    /**
     * Merges.
     *
     * @param applied checked against the schema before
     * @throws TypedProblem where the live value does not fit the schema
     */
    static Value merge(Value live, Value applied, Schema schema) {
        return values(live, applied, Typing.seen(schema));
    }

    private static Value values(Value live, Value applied, Schema schema) {
        if (live == applied) {
            return live;
        }
        if (Typing.isLeaf(schema, applied)) {
            return Typing.same(live, applied) ? live : applied;
        }
        if (Typing.isLeaf(schema, live)) {
            // a deduced scalar or list gives way; null over it stays null
            return applied;
        }
        return schema.shape() == Shape.LIST ? lists(live, applied, schema) : objects(live, applied, schema);
    }

    private static Value objects(Value liveValue, Value appliedValue, Schema schema) {
        ObjectValue live = Typing.objectOf(liveValue);
        ObjectValue applied = Typing.objectOf(appliedValue);
        if (applied.isEmpty()) {
            // nothing to lay over; between empty and null the applied form wins
            return live.isEmpty() && liveValue.isNull() != appliedValue.isNull() ? appliedValue : liveValue;
        }
        ObjectEditor changed = null;
        for (int i = 0; i < applied.size(); i++) {
            String name = applied.keyAt(i);
            Value mine = applied.valueAt(i);
            Value theirs = live.get(name);
            Value merged = theirs == null ? mine : values(theirs, mine, Typing.member(schema, name));
            if (merged != theirs) {
                changed = changed == null ? live.edit() : changed;
                changed.put(name, merged);
            }
        }
        return changed == null ? live : changed.build();
    }

    private static Value lists(Value liveValue, Value appliedValue, Schema schema) {
        ArrayValue live = Typing.arrayOf(liveValue);
        ArrayValue applied = Typing.arrayOf(appliedValue);
        if (applied.isEmpty()) {
            return live.isEmpty() && liveValue.isNull() != appliedValue.isNull() ? appliedValue : liveValue;
        }
        if (live.isEmpty()) {
            return applied;
        }
        List<Value> out = inPlace(live, applied, schema);
        if (out == null) {
            out = new ItemMerge(live, applied, schema).run();
        }
        return sameItems(live, out) ? live : ArrayValue.of(out);
    }

    /** The common case: short lists with the same items in the same places. Null where it is another case. */
    private static @Nullable List<Value> inPlace(ArrayValue live, ArrayValue applied, Schema schema) {
        int size = live.size();
        if (size != applied.size() || size > SHORT) {
            return null;
        }
        for (int i = 0; i < size; i++) {
            if (!Typing.sameItem(schema, live.get(i), applied.get(i))) {
                return null;
            }
            for (int k = 0; k < i; k++) {
                if (Typing.sameItem(schema, live.get(k), live.get(i))) {
                    return null;
                }
            }
        }
        Schema items = Typing.items(schema);
        List<Value> out = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            out.add(values(live.get(i), applied.get(i), items));
        }
        return out;
    }

    private static boolean sameItems(ArrayValue live, List<Value> out) {
        if (live.size() != out.size()) {
            return false;
        }
        for (int i = 0; i < out.size(); i++) {
            if (live.get(i) != out.get(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * One pass over two lists of told-apart items. Items of the live list keep their places as far as the applied order
     * allows: a live item that the applied list has too waits for its turn there, all others come as soon as they are
     * met.
     */
    private static final class ItemMerge {
        private final ArrayValue live;
        private final ArrayValue applied;
        private final Schema items;
        private final List<FieldStep> liveSteps;
        private final List<FieldStep> appliedSteps;
        private final Map<FieldStep, Value> liveByStep = new HashMap<>();
        private final Map<FieldStep, Integer> appliedByStep = new HashMap<>();
        private final Set<FieldStep> done = new HashSet<>();
        private final List<FieldStep> shared = new ArrayList<>();
        private final List<Value> out = new ArrayList<>();
        private int nextShared;

        ItemMerge(ArrayValue live, ArrayValue applied, Schema schema) {
            this.live = live;
            this.applied = applied;
            items = Typing.items(schema);
            liveSteps = Typing.steps(schema, live);
            appliedSteps = Typing.steps(schema, applied);
            for (int i = 0; i < live.size(); i++) {
                // items that come twice are not merged into: the applied one takes their place
                liveByStep.merge(liveSteps.get(i), live.get(i), (one, other) -> Value.nul());
            }
            for (int i = 0; i < applied.size(); i++) {
                appliedByStep.put(appliedSteps.get(i), i);
                if (liveByStep.containsKey(appliedSteps.get(i))) {
                    shared.add(appliedSteps.get(i));
                }
            }
        }

        List<Value> run() {
            int l = 0;
            int r = 0;
            while (l < live.size() || r < applied.size()) {
                if (l < live.size() && r < applied.size()) {
                    FieldStep step = liveSteps.get(l);
                    if (step.equals(appliedSteps.get(r))) {
                        put(r++);
                        l++;
                        nextShared++;
                        continue;
                    }
                    FieldStep awaited = awaited();
                    if (appliedByStep.containsKey(step) && awaited != null && !awaited.equals(step)) {
                        l++;
                        continue;
                    }
                }
                if (l < live.size()) {
                    FieldStep step = liveSteps.get(l);
                    if (!appliedByStep.containsKey(step)) {
                        out.add(live.get(l++));
                        continue;
                    }
                    if (done.contains(step)) {
                        l++;
                    }
                }
                if (r < applied.size()) {
                    FieldStep step = appliedSteps.get(r);
                    put(r++);
                    if (step.equals(awaited())) {
                        nextShared++;
                    }
                }
            }
            return out;
        }

        private @Nullable FieldStep awaited() {
            return nextShared < shared.size() ? shared.get(nextShared) : null;
        }

        private void put(int position) {
            FieldStep step = appliedSteps.get(position);
            done.add(step);
            Value theirs = liveByStep.get(step);
            Value mine = applied.get(position);
            out.add(theirs == null || theirs.isNull() ? mine : values(theirs, mine, items));
        }
    }
}
