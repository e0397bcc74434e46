// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two values of one schema, as three sets of fields. A field is in one of them at most. Subtrees
 * that are the same object in both values are not looked at.
 */
final class TypedCompare {
    private TypedCompare() {}

    /** The outcome of a comparison. */
    record Changes(FieldSet removed, FieldSet modified, FieldSet added) {
        static final Changes NONE = new Changes(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

        boolean isEmpty() {
            return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
        }

        /** What somebody who made the change owns by it. */
        FieldSet written() {
            return modified.union(added);
        }

        Changes only(ResetFields reset) {
            return new Changes(reset.without(removed), reset.without(modified), reset.without(added));
        }
    }

    /** Collects the changes of one level. */
    private static final class Level {
        private FieldSet.@Nullable Builder removed;
        private FieldSet.@Nullable Builder modified;
        private FieldSet.@Nullable Builder added;
        private boolean changedItself;

        void removed(FieldStep step, boolean itself, FieldSet below) {
            removed = removed == null ? new FieldSet.Builder() : removed;
            removed.add(step, itself, below);
        }

        void modified(FieldStep step, boolean itself, FieldSet below) {
            modified = modified == null ? new FieldSet.Builder() : modified;
            modified.add(step, itself, below);
        }

        void added(FieldStep step, boolean itself, FieldSet below) {
            added = added == null ? new FieldSet.Builder() : added;
            added.add(step, itself, below);
        }

        void child(FieldStep step, @Nullable Level child) {
            if (child == null) {
                return;
            }
            if (child.removed != null) {
                removed(step, false, child.removed.build());
            }
            if (child.modified != null || child.changedItself) {
                modified(step, child.changedItself, build(child.modified));
            }
            if (child.added != null) {
                added(step, false, child.added.build());
            }
        }

        static FieldSet build(FieldSet.@Nullable Builder builder) {
            return builder == null ? FieldSet.EMPTY : builder.build();
        }

        boolean isEmpty() {
            return removed == null && modified == null && added == null && !changedItself;
        }
    }

    /**
     * Compares.
     *
     * @throws TypedProblem where a value does not fit the schema
     */
    static Changes compare(Value before, Value after, Schema schema) {
        Level level = values(before, after, Typing.seen(schema));
        return level == null
                ? Changes.NONE
                : new Changes(Level.build(level.removed), Level.build(level.modified), Level.build(level.added));
    }

    private static @Nullable Level values(Value before, Value after, Schema schema) {
        if (before == after) {
            return null;
        }
        boolean leafBefore = Typing.isLeaf(schema, before);
        boolean leafAfter = Typing.isLeaf(schema, after);
        if (leafBefore && leafAfter) {
            return Typing.same(before, after) ? null : itself();
        }
        if (leafBefore || leafAfter) {
            return otherType(before, leafBefore, after, leafAfter, schema);
        }
        return schema.shape() == Shape.LIST ? lists(before, after, schema) : objects(before, after, schema);
    }

    private static Level itself() {
        Level level = new Level();
        level.changedItself = true;
        return level;
    }

    /** A deduced value that was an object and is none now, or the other way round. */
    private static Level otherType(Value before, boolean leafBefore, Value after, boolean leafAfter, Schema schema) {
        Level level = itself();
        if (!leafBefore) {
            addAll(TypedFields.below(before, schema), level::removed);
        }
        if (!leafAfter) {
            addAll(TypedFields.below(after, schema), level::added);
        }
        return level;
    }

    private interface Sink {
        void add(FieldStep step, boolean itself, FieldSet below);
    }

    private static void addAll(FieldSet set, Sink sink) {
        for (int i = 0; i < set.steps(); i++) {
            FieldSet below = set.childAt(i);
            sink.add(set.stepAt(i), set.memberAt(i), below == null ? FieldSet.EMPTY : below);
        }
    }

    private static @Nullable Level objects(Value valueBefore, Value valueAfter, Schema schema) {
        ObjectValue before = Typing.objectOf(valueBefore);
        ObjectValue after = Typing.objectOf(valueAfter);
        if (before.isEmpty() && after.isEmpty()) {
            // empty and null are told apart, as a leaf would be
            return valueBefore.isNull() == valueAfter.isNull() ? null : itself();
        }
        Level level = new Level();
        int found = 0;
        for (int i = 0; i < after.size(); i++) {
            String name = after.keyAt(i);
            Value now = after.valueAt(i);
            Value was = i < before.size() && before.keyAt(i) == name ? before.valueAt(i) : before.get(name);
            if (was == now) {
                found++;
                continue;
            }
            Schema inner = Typing.member(schema, name);
            if (was == null) {
                level.added(FieldStep.field(name), true, TypedFields.below(now, inner));
            } else {
                found++;
                Level child = values(was, now, inner);
                if (child != null) {
                    level.child(FieldStep.field(name), child);
                }
            }
        }
        for (int i = 0; found < before.size() && i < before.size(); i++) {
            String name = before.keyAt(i);
            if (!after.has(name)) {
                level.removed(
                        FieldStep.field(name), true, TypedFields.below(before.valueAt(i), Typing.member(schema, name)));
            }
        }
        return level.isEmpty() ? null : level;
    }

    private static @Nullable Level lists(Value valueBefore, Value valueAfter, Schema schema) {
        ArrayValue before = Typing.arrayOf(valueBefore);
        ArrayValue after = Typing.arrayOf(valueAfter);
        if (before.isEmpty() && after.isEmpty()) {
            return valueBefore.isNull() == valueAfter.isNull() ? null : itself();
        }
        if (before == after) {
            return null;
        }
        Level level = inPlace(before, after, schema);
        if (level == null) {
            level = byStep(before, after, schema);
        }
        return level.isEmpty() ? null : level;
    }

    /** The common case: the same items in the same places. Null where it is another case. */
    private static @Nullable Level inPlace(ArrayValue before, ArrayValue after, Schema schema) {
        if (before.size() != after.size()) {
            return null;
        }
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i) && !Typing.sameItem(schema, before.get(i), after.get(i))) {
                return null;
            }
        }
        Level level = new Level();
        Schema items = Typing.items(schema);
        for (int i = 0; i < before.size(); i++) {
            Level child = values(before.get(i), after.get(i), items);
            if (child != null) {
                for (int k = 0; k < before.size(); k++) {
                    if (k != i && Typing.sameItem(schema, before.get(k), before.get(i))) {
                        return null;
                    }
                }
                level.child(Typing.step(schema, after.get(i)), child);
            }
        }
        return level;
    }

    private static Level byStep(ArrayValue before, ArrayValue after, Schema schema) {
        Map<FieldStep, List<Value>> were = group(before, schema);
        Map<FieldStep, List<Value>> are = group(after, schema);
        Level level = new Level();
        Schema items = Typing.items(schema);
        were.forEach((step, was) -> item(step, was, are.getOrDefault(step, List.of()), items, level));
        are.forEach((step, now) -> {
            if (!were.containsKey(step)) {
                item(step, List.of(), now, items, level);
            }
        });
        return level;
    }

    private static Map<FieldStep, List<Value>> group(ArrayValue array, Schema schema) {
        Map<FieldStep, List<Value>> groups = new LinkedHashMap<>(array.size() * 2);
        for (int i = 0; i < array.size(); i++) {
            Value item = array.get(i);
            groups.merge(Typing.step(schema, item), List.of(item), (some, more) -> {
                List<Value> all = new ArrayList<>(some);
                all.addAll(more);
                return all;
            });
        }
        return groups;
    }

    /** Items of one step: mostly one on each side; several are owned as one. */
    private static void item(FieldStep step, List<Value> was, List<Value> now, Schema items, Level level) {
        if (was.size() == 1 && now.size() == 1) {
            level.child(step, values(was.get(0), now.get(0), items));
        } else if (was.size() >= 2 && now.size() >= 2) {
            if (!Typing.same(ArrayValue.of(was), ArrayValue.of(now))) {
                level.modified(step, true, FieldSet.EMPTY);
            }
        } else {
            if (!was.isEmpty()) {
                level.removed(step, true, was.size() == 1 ? TypedFields.below(was.get(0), items) : FieldSet.EMPTY);
            }
            if (!now.isEmpty()) {
                level.added(step, true, now.size() == 1 ? TypedFields.below(now.get(0), items) : FieldSet.EMPTY);
            }
        }
    }
}
