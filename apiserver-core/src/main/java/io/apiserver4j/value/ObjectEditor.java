// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived buffer for many changes of one object, or for making one. The only mutable type of this package; not safe
 * for use by several threads.
 */
public final class ObjectEditor {
    private static final int INDEXED_FROM = 16;

    private String[] keys;
    private @Nullable Value[] values;
    private int size;
    private @Nullable Map<String, Integer> index;

    ObjectEditor(int capacity) {
        keys = new String[Math.max(capacity, 2)];
        values = new Value[keys.length];
    }

    ObjectEditor(ObjectValue start) {
        this(start.size() + 4);
        for (int i = 0; i < start.size(); i++) {
            keys[i] = start.keyAt(i);
            values[i] = start.valueAt(i);
        }
        size = start.size();
    }

    /** Puts a member; a present one keeps its position. */
    public ObjectEditor put(String key, Value value) {
        int i = indexOf(key);
        if (i >= 0) {
            values[i] = value;
        } else {
            append(key, value);
        }
        return this;
    }

    /** Puts a text member. */
    public ObjectEditor put(String key, String value) {
        return put(key, Value.of(value));
    }

    /** Puts an integer member. */
    public ObjectEditor put(String key, long value) {
        return put(key, Value.of(value));
    }

    /** Puts a boolean member. */
    public ObjectEditor put(String key, boolean value) {
        return put(key, Value.of(value));
    }

    /** Puts a member where the value is not null. */
    public ObjectEditor putIfPresent(String key, @Nullable Value value) {
        return value == null ? this : put(key, value);
    }

    /** Adds a member whose name is known to be new. */
    public ObjectEditor append(String key, Value value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        keys[size] = key;
        values[size] = value;
        if (index != null) {
            index.put(key, size);
        }
        size++;
        return this;
    }

    /** Takes a member out, where it is there. */
    public ObjectEditor remove(String key) {
        int i = indexOf(key);
        if (i >= 0) {
            System.arraycopy(keys, i + 1, keys, i, size - i - 1);
            System.arraycopy(values, i + 1, values, i, size - i - 1);
            size--;
            index = null;
        }
        return this;
    }

    /** The member of a name, or null. */
    public @Nullable Value get(String key) {
        int i = indexOf(key);
        return i < 0 ? null : values[i];
    }

    /** True where a member of this name is there. */
    public boolean has(String key) {
        return indexOf(key) >= 0;
    }

    /** Number of members so far. */
    public int size() {
        return size;
    }

    private int indexOf(String key) {
        if (size >= INDEXED_FROM) {
            Map<String, Integer> positions = index;
            if (positions == null) {
                positions = new HashMap<>(size * 2);
                for (int i = 0; i < size; i++) {
                    positions.put(keys[i], i);
                }
                index = positions;
            }
            return positions.getOrDefault(key, -1);
        }
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** The object as edited so far; the editor can go on and does not touch what it gave. */
    @SuppressWarnings("NullAway") // the first `size` slots are never null
    public ObjectValue build() {
        return ObjectValue.adopt(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), size);
    }
}
