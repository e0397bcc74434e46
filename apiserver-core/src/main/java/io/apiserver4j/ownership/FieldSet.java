// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths, as a tree: each step may be a member of the set itself, have members below it, or both.
 * Immutable; operations share what they do not change and give the same set back where nothing changes.
 *
 * <p>The wire form (FieldsV1) is an object with one entry per step; a step that is a member and has members below
 * carries the entry {@code "."}. A set that was read remembers the tree it was read from.
 */
public final class FieldSet {
    /** The set without paths. */
    public static final FieldSet EMPTY = new FieldSet(new FieldStep[0], new boolean[0], new FieldSet[0], 0);

    private static final String SELF = ".";
    private static final ObjectValue WIRE_LEAF = ObjectValue.EMPTY;

    private final FieldStep[] steps;
    private final boolean[] members;
    private final @Nullable FieldSet[] children;
    private final int size;
    private @Nullable ObjectValue wire;

    private FieldSet(FieldStep[] steps, boolean[] members, @Nullable FieldSet[] children, int size) {
        this.steps = steps;
        this.members = members;
        this.children = children;
        this.size = size;
    }

    /** A path of member names. */
    public static FieldSet of(String... names) {
        Builder outer = new Builder();
        if (names.length == 1) {
            outer.add(FieldStep.field(names[0]), true, null);
        } else if (names.length > 1) {
            outer.add(FieldStep.field(names[0]), false, of(Arrays.copyOfRange(names, 1, names.length)));
        }
        return outer.build();
    }

    /**
     * Reads the wire form. Steps of a form that is not known are left out.
     *
     * @throws IllegalArgumentException where the tree is no field set
     */
    public static FieldSet read(ObjectValue fieldsV1) {
        FieldSet set = readNode(fieldsV1);
        return set == null ? EMPTY : set;
    }

    private static @Nullable FieldSet readNode(ObjectValue node) {
        int entries = node.size();
        if (entries == 0) {
            return null;
        }
        Builder builder = new Builder();
        boolean exact = true;
        for (int i = 0; i < entries; i++) {
            String key = node.keyAt(i);
            Value value = node.valueAt(i);
            if (key.equals(SELF)) {
                exact &= i == 0 && value == WIRE_LEAF;
                continue;
            }
            ObjectValue below = value.isNull() ? WIRE_LEAF : value.asObject();
            if (below == null) {
                throw new IllegalArgumentException("expect { or n, but found " + value);
            }
            FieldStep step = FieldStep.parse(key);
            if (step == null) {
                exact = false;
                continue;
            }
            FieldSet inner = below.isEmpty() ? null : readNode(below);
            exact &= inner == null ? value == WIRE_LEAF : inner.wire == value;
            exact &= step.isField() || step.wire().equals(key);
            builder.add(step, inner == null || below.has(SELF), inner);
        }
        FieldSet set = builder.build();
        if (set.size == 0) {
            return null;
        }
        if (exact && !builder.reordered()) {
            set.wire = node;
        }
        return set;
    }

    /** The wire form. */
    public ObjectValue toWire() {
        return wire(false);
    }

    private ObjectValue wire(boolean self) {
        ObjectValue known = wire;
        if (known != null && known.has(SELF) == self) {
            return known;
        }
        ObjectEditor out = ObjectValue.builder();
        if (self) {
            out.append(SELF, WIRE_LEAF);
        }
        for (int i = 0; i < size; i++) {
            FieldSet inner = children[i];
            out.append(steps[i].wire(), inner == null ? WIRE_LEAF : inner.wire(members[i]));
        }
        ObjectValue made = out.build();
        wire = made;
        return made;
    }

    /** True where no path is in the set. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Number of paths. */
    public int count() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            FieldSet inner = children[i];
            count += (members[i] ? 1 : 0) + (inner == null ? 0 : inner.count());
        }
        return count;
    }

    /** Number of steps at this level. */
    int steps() {
        return size;
    }

    FieldStep stepAt(int position) {
        return steps[position];
    }

    boolean memberAt(int position) {
        return members[position];
    }

    @Nullable
    FieldSet childAt(int position) {
        return children[position];
    }

    /** Position of a step at this level, or a negative number. */
    int find(FieldStep step) {
        if (size <= 8) {
            for (int i = 0; i < size; i++) {
                if (steps[i] == step) {
                    return i;
                }
            }
        }
        return Arrays.binarySearch(steps, 0, size, step);
    }

    /** True where the step itself is in the set. */
    boolean hasMember(FieldStep step) {
        int at = find(step);
        return at >= 0 && members[at];
    }

    /** What the set says below a step; empty where nothing. */
    FieldSet below(FieldStep step) {
        int at = find(step);
        FieldSet inner = at < 0 ? null : children[at];
        return inner == null ? EMPTY : inner;
    }

    /** True where the path is in the set. */
    public boolean has(List<FieldStep> path) {
        FieldSet set = this;
        for (int i = 0; i < path.size() - 1; i++) {
            set = set.below(path.get(i));
        }
        return !path.isEmpty() && set.hasMember(path.get(path.size() - 1));
    }

    /** Calls once for each path: those that end at a level before those that go deeper. The list is used again. */
    public void forEach(Consumer<List<FieldStep>> action) {
        visit(new ArrayList<>(), action);
    }

    private void visit(List<FieldStep> path, Consumer<List<FieldStep>> action) {
        for (int i = 0; i < size; i++) {
            if (members[i]) {
                path.add(steps[i]);
                action.accept(path);
                path.remove(path.size() - 1);
            }
        }
        for (int i = 0; i < size; i++) {
            FieldSet inner = children[i];
            if (inner != null) {
                path.add(steps[i]);
                inner.visit(path, action);
                path.remove(path.size() - 1);
            }
        }
    }

    /** Paths of either set. */
    public FieldSet union(FieldSet other) {
        if (this == other || other.size == 0) {
            return this;
        }
        if (size == 0) {
            return other;
        }
        Builder out = new Builder();
        boolean mine = true;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            int order = i == size ? 1 : j == other.size ? -1 : steps[i].compareTo(other.steps[j]);
            if (order < 0) {
                out.add(steps[i], members[i], children[i++]);
            } else if (order > 0) {
                mine = false;
                out.add(other.steps[j], other.members[j], other.children[j++]);
            } else {
                FieldSet a = children[i];
                FieldSet b = other.children[j];
                FieldSet both = a == null ? b : b == null ? a : a.union(b);
                boolean member = members[i] || other.members[j];
                mine &= both == a && member == members[i];
                out.add(steps[i++], member, both);
                j++;
            }
        }
        return mine ? this : out.build();
    }

    /** Paths of both sets. */
    public FieldSet intersection(FieldSet other) {
        if (this == other) {
            return this;
        }
        if (size == 0 || other.size == 0) {
            return EMPTY;
        }
        Builder out = new Builder();
        int i = 0;
        int j = 0;
        while (i < size && j < other.size) {
            int order = steps[i].compareTo(other.steps[j]);
            if (order < 0) {
                i++;
            } else if (order > 0) {
                j++;
            } else {
                FieldSet a = children[i];
                FieldSet b = other.children[j];
                out.add(steps[i], members[i] && other.members[j], a == null || b == null ? null : a.intersection(b));
                i++;
                j++;
            }
        }
        return out.build();
    }

    /** Paths of this set that are not in the other; a path below a removed one stays. */
    public FieldSet difference(FieldSet other) {
        return minus(other, false);
    }

    /** Paths of this set that are not in the other, and not below one that is. */
    public FieldSet recursiveDifference(FieldSet other) {
        return minus(other, true);
    }

    private FieldSet minus(FieldSet other, boolean recursive) {
        if (size == 0 || other.size == 0) {
            return this;
        }
        Builder out = null;
        for (int i = 0; i < size; i++) {
            int at = other.find(steps[i]);
            FieldSet inner = children[i];
            boolean member = members[i];
            FieldSet left = inner;
            if (at >= 0) {
                FieldSet taken = other.children[at];
                boolean gone = other.members[at];
                member = member && !gone;
                if (gone && recursive) {
                    left = null;
                } else if (inner != null && taken != null) {
                    left = inner.minus(taken, recursive);
                }
            }
            if (out == null && (member != members[i] || left != inner)) {
                out = new Builder();
                for (int k = 0; k < i; k++) {
                    out.add(steps[k], members[k], children[k]);
                }
            }
            if (out != null) {
                out.add(steps[i], member, left);
            }
        }
        return out == null ? this : out.build();
    }

    /** Paths of this set that no other path of it goes below. */
    public FieldSet leaves() {
        Builder out = new Builder();
        for (int i = 0; i < size; i++) {
            FieldSet inner = children[i];
            out.add(steps[i], inner == null, inner == null ? null : inner.leaves());
        }
        return out.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof FieldSet that) || size != that.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            FieldSet mine = children[i];
            FieldSet theirs = that.children[i];
            if (members[i] != that.members[i]
                    || !steps[i].equals(that.steps[i])
                    || (mine == null ? theirs != null : !mine.equals(theirs))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            FieldSet inner = children[i];
            hash = hash * 31 + steps[i].hashCode() + (members[i] ? 7 : 0) + (inner == null ? 0 : inner.hashCode() * 17);
        }
        return hash;
    }

    /** One path per line, in order. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        forEach(path -> {
            out.append(out.length() > 0 ? "\n" : "");
            path.forEach(out::append);
        });
        return out.toString();
    }

    /**
     * Collects the steps of one level, in any order; entries without members are left out. Used once, by one thread.
     */
    static final class Builder {
        private FieldStep[] steps = new FieldStep[8];
        private boolean[] members = new boolean[8];
        private @Nullable FieldSet[] children = new FieldSet[8];
        private int size;
        private boolean ordered = true;
        private boolean reordered;

        Builder add(FieldStep step, boolean member, @Nullable FieldSet below) {
            FieldSet inner = below == null || below.isEmpty() ? null : below;
            if (!member && inner == null) {
                return this;
            }
            if (size == steps.length) {
                steps = Arrays.copyOf(steps, size * 2);
                members = Arrays.copyOf(members, size * 2);
                children = Arrays.copyOf(children, size * 2);
            }
            if (size > 0 && ordered && steps[size - 1].compareTo(step) >= 0) {
                ordered = false;
            }
            steps[size] = step;
            members[size] = member;
            children[size++] = inner;
            return this;
        }

        boolean isEmpty() {
            return size == 0;
        }

        /** True where the steps did not come in their order; known after the set was built. */
        boolean reordered() {
            return reordered;
        }

        FieldSet build() {
            if (size == 0) {
                return EMPTY;
            }
            if (!ordered) {
                reordered = true;
                return sorted();
            }
            return new FieldSet(
                    Arrays.copyOf(steps, size), Arrays.copyOf(members, size), Arrays.copyOf(children, size), size);
        }

        private FieldSet sorted() {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> steps[a].compareTo(steps[b]));
            FieldStep[] sortedSteps = new FieldStep[size];
            boolean[] sortedMembers = new boolean[size];
            FieldSet[] sortedChildren = new FieldSet[size];
            int count = 0;
            for (int from : order) {
                FieldSet inner = children[from];
                if (count > 0 && sortedSteps[count - 1].equals(steps[from])) {
                    FieldSet before = sortedChildren[count - 1];
                    sortedMembers[count - 1] |= members[from];
                    sortedChildren[count - 1] = before == null ? inner : inner == null ? before : before.union(inner);
                } else {
                    sortedSteps[count] = steps[from];
                    sortedMembers[count] = members[from];
                    sortedChildren[count++] = inner;
                }
            }
            return new FieldSet(sortedSteps, sortedMembers, sortedChildren, count);
        }
    }
}
