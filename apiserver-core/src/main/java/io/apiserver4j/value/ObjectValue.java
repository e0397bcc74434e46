// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object node: members in the order they were put, each name once. A change returns a new object that shares all
 * untouched members. Large objects carry a hash index, so a look-up never gets slow.
 */
public final class ObjectValue extends Value implements Iterable<ObjectValue.Member> {
    /** The object without members. */
    public static final ObjectValue EMPTY = new ObjectValue(new String[0], new Value[0], 0);

    private static final int INDEXED_FROM = 12;

    private final String[] keys;
    private final Value[] values;
    private final int size;
    private int @Nullable [] index;

    /** One member of an object. */
    public record Member(String key, Value value) {}

    private ObjectValue(String[] keys, Value[] values, int size) {
        this.keys = keys;
        this.values = values;
        this.size = size;
    }

    static ObjectValue adopt(String[] keys, Value[] values, int size) {
        return size == 0 ? EMPTY : new ObjectValue(keys, values, size);
    }

    /** An object with one member. */
    public static ObjectValue of(String key, Value value) {
        return new ObjectValue(new String[] {key}, new Value[] {value}, 1);
    }

    /** An object with two members of different names. */
    public static ObjectValue of(String key1, Value value1, String key2, Value value2) {
        return new ObjectValue(new String[] {key1, key2}, new Value[] {value1, value2}, 2);
    }

    /** An object of texts, in the map's order. */
    public static ObjectValue ofStrings(Map<String, String> members) {
        ObjectEditor editor = new ObjectEditor(members.size());
        members.forEach((k, v) -> editor.put(k, Value.of(v)));
        return editor.build();
    }

    /** An empty editor. */
    public static ObjectEditor builder() {
        return new ObjectEditor(8);
    }

    /** An editor that starts with the members of this object. */
    public ObjectEditor edit() {
        return new ObjectEditor(this);
    }

    /** Number of members. */
    public int size() {
        return size;
    }

    /** True where there is no member. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Name of the member at a position from 0. */
    public String keyAt(int position) {
        return keys[position];
    }

    /** Value of the member at a position from 0. */
    public Value valueAt(int position) {
        return values[position];
    }

    /** Position of a member, or -1. */
    public int indexOf(String key) {
        if (size >= INDEXED_FROM) {
            return indexedPosition(key);
        }
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) { // names are mostly interned by the reader
                return i;
            }
        }
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private int indexedPosition(String key) {
        int[] table = index;
        if (table == null) {
            table = new int[Integer.highestOneBit(size) * 4];
            for (int i = 0; i < size; i++) {
                int slot = spread(keys[i]) & (table.length - 1);
                while (table[slot] != 0) {
                    slot = (slot + 1) & (table.length - 1);
                }
                table[slot] = i + 1;
            }
            index = table; // racy, but every thread builds the same table
        }
        int slot = spread(key) & (table.length - 1);
        while (table[slot] != 0) {
            if (keys[table[slot] - 1].equals(key)) {
                return table[slot] - 1;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -1;
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    /** True where a member of this name is there, be it null. */
    public boolean has(String key) {
        return indexOf(key) >= 0;
    }

    /** The member of a name, or null where there is none. */
    public @Nullable Value get(String key) {
        int i = indexOf(key);
        return i < 0 ? null : values[i];
    }

    /** The object member of a name, or null where there is none or it is something else. */
    public @Nullable ObjectValue getObject(String key) {
        Value value = get(key);
        return value == null ? null : value.asObject();
    }

    /** The object member of a name, or the empty object. */
    public ObjectValue objectOrEmpty(String key) {
        ObjectValue value = getObject(key);
        return value == null ? EMPTY : value;
    }

    /** The array member of a name, or null where there is none or it is something else. */
    public @Nullable ArrayValue getArray(String key) {
        Value value = get(key);
        return value == null ? null : value.asArray();
    }

    /** The array member of a name, or the empty array. */
    public ArrayValue arrayOrEmpty(String key) {
        ArrayValue value = getArray(key);
        return value == null ? ArrayValue.EMPTY : value;
    }

    /** The text member of a name, or null where there is none or it is something else. */
    public @Nullable String getString(String key) {
        Value value = get(key);
        return value == null ? null : value.asString();
    }

    /** The text member of a name, or the empty text. */
    public String stringOrEmpty(String key) {
        String value = getString(key);
        return value == null ? "" : value;
    }

    /** The integer member of a name, or null where there is none or it is something else. */
    public @Nullable Long getLong(String key) {
        Value value = get(key);
        NumberValue number = value == null ? null : value.asNumber();
        return number == null || !number.isInteger() ? null : (Long) number.longValue();
    }

    /** The integer member of a name, or a default. */
    public long longOr(String key, long otherwise) {
        Long value = getLong(key);
        return value == null ? otherwise : value;
    }

    /** True where the member of this name is the boolean true. */
    public boolean isTrue(String key) {
        return get(key) == BooleanValue.TRUE;
    }

    /** The node at a chain of member names, or null where a step is missing. */
    public @Nullable Value at(String... path) {
        Value current = this;
        for (String step : path) {
            ObjectValue object = current.asObject();
            Value next = object == null ? null : object.get(step);
            if (next == null) {
                return null;
            }
            current = next;
        }
        return current;
    }

    /** The object at a chain of member names, or the empty object. */
    public ObjectValue objectAt(String... path) {
        Value value = at(path);
        ObjectValue object = value == null ? null : value.asObject();
        return object == null ? EMPTY : object;
    }

    /** This object with a member put in place (its position is kept, a new one goes last). */
    public ObjectValue with(String key, Value value) {
        int i = indexOf(key);
        if (i >= 0) {
            if (values[i] == value) {
                return this;
            }
            Value[] changed = Arrays.copyOf(values, size);
            changed[i] = value;
            return new ObjectValue(keys, changed, size);
        }
        String[] moreKeys = Arrays.copyOf(keys, size + 1);
        Value[] moreValues = Arrays.copyOf(values, size + 1);
        moreKeys[size] = key;
        moreValues[size] = value;
        return new ObjectValue(moreKeys, moreValues, size + 1);
    }

    /** This object with a text member put in place. */
    public ObjectValue with(String key, String value) {
        return with(key, Value.of(value));
    }

    /** This object with a member put in place, or removed where the value is null. */
    public ObjectValue withOrWithout(String key, @Nullable Value value) {
        return value == null ? without(key) : with(key, value);
    }

    /** This object with the node at a chain of member names put in place; missing objects on the way are made. */
    public ObjectValue withAt(Value value, String... path) {
        return withAt(value, path, 0);
    }

    private ObjectValue withAt(Value value, String[] path, int depth) {
        if (depth == path.length - 1) {
            return with(path[depth], value);
        }
        return with(path[depth], objectOrEmpty(path[depth]).withAt(value, path, depth + 1));
    }

    /** This object with one object member changed by a function; a missing one is given as empty, an empty result kept. */
    public ObjectValue update(String key, UnaryOperator<ObjectValue> change) {
        return with(key, change.apply(objectOrEmpty(key)));
    }

    /** This object without a member. */
    public ObjectValue without(String key) {
        int i = indexOf(key);
        if (i < 0) {
            return this;
        }
        if (size == 1) {
            return EMPTY;
        }
        String[] fewerKeys = new String[size - 1];
        Value[] fewerValues = new Value[size - 1];
        System.arraycopy(keys, 0, fewerKeys, 0, i);
        System.arraycopy(values, 0, fewerValues, 0, i);
        System.arraycopy(keys, i + 1, fewerKeys, i, size - 1 - i);
        System.arraycopy(values, i + 1, fewerValues, i, size - 1 - i);
        return new ObjectValue(fewerKeys, fewerValues, size - 1);
    }

    /** This object without the node at a chain of member names. */
    public ObjectValue withoutAt(String... path) {
        return withoutAt(path, 0);
    }

    private ObjectValue withoutAt(String[] path, int depth) {
        if (depth == path.length - 1) {
            return without(path[depth]);
        }
        ObjectValue child = getObject(path[depth]);
        return child == null ? this : with(path[depth], child.withoutAt(path, depth + 1));
    }

    /** The text members as a map in this object's order; members of other types are left out. */
    public Map<String, String> strings() {
        Map<String, String> out = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String text = values[i].asString();
            if (text != null) {
                out.put(keys[i], text);
            }
        }
        return out;
    }

    /** This object with its members in the order of their names (bytewise by UTF-16 units as Java compares). */
    public ObjectValue sorted() {
        boolean ordered = true;
        for (int i = 1; i < size && ordered; i++) {
            ordered = keys[i - 1].compareTo(keys[i]) < 0;
        }
        if (ordered) {
            return this;
        }
        String[] sortedKeys = Arrays.copyOf(keys, size);
        Arrays.sort(sortedKeys);
        Value[] sortedValues = new Value[size];
        for (int i = 0; i < size; i++) {
            sortedValues[i] = values[indexOf(sortedKeys[i])];
        }
        return new ObjectValue(sortedKeys, sortedValues, size);
    }

    @Override
    public ObjectValue asObject() {
        return this;
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    public Iterator<Member> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Member next() {
                if (next >= size) {
                    throw new NoSuchElementException();
                }
                return new Member(keys[next], values[next++]);
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ObjectValue that) || size != that.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Value mine = values[i];
            Value theirs = i < that.size && that.keys[i].equals(keys[i]) ? that.values[i] : that.get(keys[i]);
            if (mine != theirs && !mine.equals(theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash += keys[i].hashCode() * 31 ^ values[i].hashCode();
        }
        return hash;
    }
}
