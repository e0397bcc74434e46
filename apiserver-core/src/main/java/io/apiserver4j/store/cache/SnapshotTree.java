// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map from keys to values. A change makes a new map that shares all but the path to the change, so a
 * snapshot costs nothing and lasts as long as somebody holds it. A treap whose priorities come from the keys' hashes, so
 * equal contents have equal shape.
 */
final class SnapshotTree<V> {
    private static final SnapshotTree<?> EMPTY = new SnapshotTree<>(null);

    private final @Nullable Node<V> root;

    private record Node<V>(
            String key,
            V value,
            int priority,
            int size,
            @Nullable Node<V> left,
            @Nullable Node<V> right) {}

    private SnapshotTree(@Nullable Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // an empty map holds no value of any type
    static <V> SnapshotTree<V> empty() {
        return (SnapshotTree<V>) EMPTY;
    }

    int size() {
        return size(root);
    }

    /** Up to seven values from all over the map. */
    List<V> sample() {
        List<V> out = new ArrayList<>(7);
        sample(root, 3, out);
        return out;
    }

    private static <V> void sample(@Nullable Node<V> at, int depth, List<V> out) {
        if (at != null && depth > 0) {
            out.add(at.value);
            sample(at.left, depth - 1, out);
            sample(at.right, depth - 1, out);
        }
    }

    private static int size(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private static <V> Node<V> node(Node<V> like, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(like.key, like.value, like.priority, size(left) + size(right) + 1, left, right);
    }

    private static int priority(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        hash ^= hash >>> 15;
        hash *= 0x85EBCA6B;
        return hash ^ hash >>> 13;
    }

    @Nullable
    V get(String key) {
        Node<V> at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return at.value;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    SnapshotTree<V> with(String key, V value) {
        return new SnapshotTree<>(put(root, key, value, priority(key)));
    }

    private static <V> Node<V> put(@Nullable Node<V> at, String key, V value, int priority) {
        if (at == null) {
            return new Node<>(key, value, priority, 1, null, null);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return new Node<>(key, value, at.priority, at.size, at.left, at.right);
        }
        if (order < 0) {
            Node<V> left = put(at.left, key, value, priority);
            return left.priority > at.priority
                    ? node(left, left.left, node(at, left.right, at.right))
                    : node(at, left, at.right);
        }
        Node<V> right = put(at.right, key, value, priority);
        return right.priority > at.priority
                ? node(right, node(at, at.left, right.left), right.right)
                : node(at, at.left, right);
    }

    SnapshotTree<V> without(String key) {
        if (get(key) == null) {
            return this;
        }
        return new SnapshotTree<>(remove(root, key));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> at, String key) {
        if (at == null) {
            return null;
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return merge(at.left, at.right);
        }
        return order < 0 ? node(at, remove(at.left, key), at.right) : node(at, at.left, remove(at.right, key));
    }

    private static <V> @Nullable Node<V> merge(@Nullable Node<V> left, @Nullable Node<V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.priority > right.priority
                ? node(left, left.left, merge(left.right, right))
                : node(right, merge(left, right.left), right.right);
    }

    /** The values whose keys begin with a prefix and are not before {@code from}, in key order. */
    Iterable<V> range(String prefix, String from) {
        return () -> new Walk<>(root, prefix, from.compareTo(prefix) > 0 ? from : prefix);
    }

    private static final class Walk<V> implements Iterator<V> {
        private final java.util.ArrayDeque<Node<V>> stack = new java.util.ArrayDeque<>();
        private final String prefix;
        private @Nullable Node<V> next;

        Walk(@Nullable Node<V> root, String prefix, String from) {
            this.prefix = prefix;
            Node<V> at = root;
            while (at != null) {
                if (at.key.compareTo(from) >= 0) {
                    stack.push(at);
                    at = at.left;
                } else {
                    at = at.right;
                }
            }
            advance();
        }

        private void advance() {
            Node<V> node = stack.poll();
            if (node != null) {
                Node<V> at = node.right;
                while (at != null) {
                    stack.push(at);
                    at = at.left;
                }
                if (!node.key.startsWith(prefix)) {
                    node = null;
                    stack.clear();
                }
            }
            next = node;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public V next() {
            Node<V> node = next;
            if (node == null) {
                throw new NoSuchElementException();
            }
            advance();
            return node.value;
        }
    }
}
