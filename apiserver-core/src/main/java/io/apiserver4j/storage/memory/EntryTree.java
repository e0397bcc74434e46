// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of the store: an immutable sorted tree of entries. A change gives a new tree that shares all but the few
 * nodes on one path, so keeping an old state costs little. Ranks are known (each branch counts what is below it), so
 * counting a range and cutting a page out of it never visit the entries around.
 */
final class EntryTree {

    static final EntryTree EMPTY = new EntryTree(new Leaf(new Entry[0]));

    private final Node root;

    private EntryTree(Node root) {
        this.root = root;
    }

    int size() {
        return root.size();
    }

    @Nullable
    Entry get(String key) {
        Node node = root;
        while (node instanceof Branch branch) {
            node = branch.children[branch.childOf(key)];
        }
        Leaf leaf = (Leaf) node;
        int at = leaf.find(key);
        return at >= 0 ? leaf.entries[at] : null;
    }

    EntryTree put(Entry entry) {
        Node changed = root.put(entry);
        return new EntryTree(changed.width() > Node.MAX ? Branch.of(changed.half(0), changed.half(1)) : changed);
    }

    EntryTree remove(String key) {
        Node changed = root.remove(key);
        while (changed instanceof Branch branch && branch.width() == 1) {
            changed = branch.children[0];
        }
        return changed == root ? this : changed.width() == 0 ? EMPTY : new EntryTree(changed);
    }

    int count(KeyRange range) {
        return range.isEmpty() ? 0 : end(range) - root.rank(range.from());
    }

    /** The first entries of the range, at most {@code limit} of them; unmodifiable. */
    List<Entry> slice(KeyRange range, long limit) {
        int start = root.rank(range.from());
        int length = (int) Math.min(limit, range.isEmpty() ? 0 : end(range) - start);
        if (length == 0) {
            return List.of();
        }
        Entry[] slice = new Entry[length];
        root.copy(start, slice, 0, length);
        return Collections.unmodifiableList(Arrays.asList(slice));
    }

    List<Entry> all() {
        return slice(KeyRange.all(), Integer.MAX_VALUE);
    }

    private int end(KeyRange range) {
        String to = range.to();
        return to == null ? root.size() : root.rank(to);
    }

    private abstract static sealed class Node permits Leaf, Branch {
        /** Greatest width of a node in a finished tree; while a change is built, one more. */
        static final int MAX = 32;

        /** A node narrower than this is joined with a neighbour where both fit into one. */
        static final int MIN = MAX / 4;

        abstract int width();

        abstract int size();

        abstract String first();

        /** How many keys below here are smaller. */
        abstract int rank(String key);

        /** This node with the entry, perhaps one too wide. */
        abstract Node put(Entry entry);

        /** This node without the key, perhaps empty; itself where the key is not here. */
        abstract Node remove(String key);

        /** The first or the second half. */
        abstract Node half(int which);

        abstract Node join(Node next);

        abstract void copy(int start, Entry[] target, int at, int length);
    }

    private static final class Leaf extends Node {
        final Entry[] entries;

        Leaf(Entry[] entries) {
            this.entries = entries;
        }

        /** Where the key is, or {@code -(where it would be) - 1}. */
        int find(String key) {
            int low = 0;
            int high = entries.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = entries[middle].key().compareTo(key);
                if (order == 0) {
                    return middle;
                } else if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -low - 1;
        }

        @Override
        int width() {
            return entries.length;
        }

        @Override
        int size() {
            return entries.length;
        }

        @Override
        String first() {
            return entries[0].key();
        }

        @Override
        int rank(String key) {
            int at = find(key);
            return at >= 0 ? at : -at - 1;
        }

        @Override
        Node put(Entry entry) {
            int at = find(entry.key());
            if (at >= 0) {
                Entry[] changed = entries.clone();
                changed[at] = entry;
                return new Leaf(changed);
            }
            return new Leaf(Edits.inserted(entries, -at - 1, entry));
        }

        @Override
        Node remove(String key) {
            int at = find(key);
            return at < 0 ? this : new Leaf(Edits.removed(entries, at));
        }

        @Override
        Node half(int which) {
            int middle = entries.length / 2;
            return new Leaf(Arrays.copyOfRange(entries, which == 0 ? 0 : middle, which == 0 ? middle : entries.length));
        }

        @Override
        Node join(Node next) {
            return new Leaf(Edits.joined(entries, ((Leaf) next).entries));
        }

        @Override
        void copy(int start, Entry[] target, int at, int length) {
            System.arraycopy(entries, start, target, at, length);
        }
    }

    private static final class Branch extends Node {
        final Node[] children;

        /** Per child a key that is not greater than any in it, and greater than all in the child before. */
        final String[] firsts;

        /** Per child the number of entries in it and in the children before. */
        final int[] ends;

        private Branch(Node[] children, String[] firsts, int[] ends) {
            this.children = children;
            this.firsts = firsts;
            this.ends = ends;
        }

        static Branch of(Node left, Node right) {
            Node[] children = {left, right};
            return new Branch(children, new String[] {left.first(), right.first()}, endsOf(children));
        }

        private static int[] endsOf(Node[] children) {
            int[] ends = new int[children.length];
            int end = 0;
            for (int i = 0; i < children.length; i++) {
                end += children[i].size();
                ends[i] = end;
            }
            return ends;
        }

        /** The child that has the key, if any has. */
        int childOf(String key) {
            int at = Arrays.binarySearch(firsts, key);
            return at >= 0 ? at : Math.max(0, -at - 2);
        }

        private int startOf(int child) {
            return child == 0 ? 0 : ends[child - 1];
        }

        @Override
        int width() {
            return children.length;
        }

        @Override
        int size() {
            return ends[ends.length - 1];
        }

        @Override
        String first() {
            return firsts[0];
        }

        @Override
        int rank(String key) {
            int child = childOf(key);
            return startOf(child) + children[child].rank(key);
        }

        @Override
        Node put(Entry entry) {
            int at = childOf(entry.key());
            Node changed = children[at].put(entry);
            String[] lower = firsts;
            if (entry.key().compareTo(firsts[at]) < 0) {
                lower = firsts.clone();
                lower[at] = entry.key();
            }
            if (changed.width() <= MAX) {
                return with(at, changed, lower);
            }
            Node right = changed.half(1);
            Node[] more = Edits.inserted(children, at + 1, right);
            more[at] = changed.half(0);
            return new Branch(more, Edits.inserted(lower, at + 1, right.first()), endsOf(more));
        }

        private Branch with(int at, Node child, String[] newFirsts) {
            Node[] changed = children.clone();
            changed[at] = child;
            int growth = child.size() - children[at].size();
            int[] newEnds = ends;
            if (growth != 0) {
                newEnds = ends.clone();
                for (int i = at; i < newEnds.length; i++) {
                    newEnds[i] += growth;
                }
            }
            return new Branch(changed, newFirsts, newEnds);
        }

        @Override
        Node remove(String key) {
            int at = childOf(key);
            Node child = children[at];
            Node changed = child.remove(key);
            if (changed == child) {
                return this;
            } else if (changed.width() == 0) {
                return without(at, children);
            } else if (changed.width() < MIN) {
                int left = at + 1 < children.length ? at : at - 1;
                if (left >= 0) {
                    Node[] joined = children.clone();
                    joined[at] = changed;
                    if (joined[left].width() + joined[left + 1].width() <= MAX) {
                        joined[left] = joined[left].join(joined[left + 1]);
                        return without(left + 1, joined);
                    }
                }
            }
            return with(at, changed, firsts);
        }

        private Branch without(int at, Node[] from) {
            Node[] fewer = Edits.removed(from, at);
            return new Branch(fewer, Edits.removed(firsts, at), endsOf(fewer));
        }

        @Override
        Node half(int which) {
            int middle = children.length / 2;
            int from = which == 0 ? 0 : middle;
            int to = which == 0 ? middle : children.length;
            Node[] half = Arrays.copyOfRange(children, from, to);
            return new Branch(half, Arrays.copyOfRange(firsts, from, to), endsOf(half));
        }

        @Override
        Node join(Node next) {
            Branch right = (Branch) next;
            Node[] both = Edits.joined(children, right.children);
            return new Branch(both, Edits.joined(firsts, right.firsts), endsOf(both));
        }

        @Override
        void copy(int start, Entry[] target, int at, int length) {
            int child = Arrays.binarySearch(ends, start + 1);
            child = child >= 0 ? child : -child - 1;
            int from = start - startOf(child);
            int done = 0;
            while (done < length) {
                int part = Math.min(length - done, children[child].size() - from);
                children[child].copy(from, target, at + done, part);
                done += part;
                from = 0;
                child++;
            }
        }
    }

    /** The three array edits that the nodes need. */
    private static final class Edits {

        static <T> T[] inserted(T[] array, int at, T element) {
            T[] longer = Arrays.copyOf(array, array.length + 1);
            System.arraycopy(array, at, longer, at + 1, array.length - at);
            longer[at] = element;
            return longer;
        }

        static <T> T[] removed(T[] array, int at) {
            T[] shorter = Arrays.copyOf(array, array.length - 1);
            System.arraycopy(array, at + 1, shorter, at, shorter.length - at);
            return shorter;
        }

        static <T> T[] joined(T[] left, T[] right) {
            T[] both = Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            return both;
        }
    }
}
