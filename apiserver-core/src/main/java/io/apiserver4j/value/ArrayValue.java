// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An array node. A change returns a new array that shares the untouched items. */
public final class ArrayValue extends Value implements Iterable<Value> {
    /** The array without items. */
    public static final ArrayValue EMPTY = new ArrayValue(new Value[0]);

    private final Value[] items;

    private ArrayValue(Value[] items) {
        this.items = items;
    }

    /** An array of these items. */
    public static ArrayValue of(Value... items) {
        return items.length == 0 ? EMPTY : new ArrayValue(items.clone());
    }

    /** An array of these items. */
    public static ArrayValue of(List<? extends Value> items) {
        return items.isEmpty() ? EMPTY : new ArrayValue(items.toArray(new Value[0]));
    }

    /** An array of texts. */
    public static ArrayValue ofStrings(Iterable<String> items) {
        List<Value> out = new ArrayList<>();
        for (String item : items) {
            out.add(Value.of(item));
        }
        return of(out);
    }

    static ArrayValue adopt(Value[] items) {
        return items.length == 0 ? EMPTY : new ArrayValue(items);
    }

    /** Number of items. */
    public int size() {
        return items.length;
    }

    /** True where there is no item. */
    public boolean isEmpty() {
        return items.length == 0;
    }

    /** The item at a position from 0. */
    public Value get(int position) {
        return items[position];
    }

    /** The object at a position, or the empty object where the item is something else. */
    public ObjectValue objectAt(int position) {
        ObjectValue object = items[position].asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    /** This array with one item put in place. */
    public ArrayValue with(int position, Value item) {
        if (items[position] == item) {
            return this;
        }
        Value[] changed = items.clone();
        changed[position] = item;
        return new ArrayValue(changed);
    }

    /** This array with one item added at the end. */
    public ArrayValue plus(Value item) {
        Value[] more = Arrays.copyOf(items, items.length + 1);
        more[items.length] = item;
        return new ArrayValue(more);
    }

    /** This array with each item changed by a function; the same array where nothing changed. */
    public ArrayValue map(UnaryOperator<Value> change) {
        Value[] changed = null;
        for (int i = 0; i < items.length; i++) {
            Value item = change.apply(items[i]);
            if (item != items[i]) {
                if (changed == null) {
                    changed = items.clone();
                }
                changed[i] = item;
            }
        }
        return changed == null ? this : new ArrayValue(changed);
    }

    /** The items as an unmodifiable list. */
    public List<Value> items() {
        return List.of(items);
    }

    /** The object items, in order; others are left out. */
    public List<ObjectValue> objects() {
        List<ObjectValue> out = new ArrayList<>(items.length);
        for (Value item : items) {
            ObjectValue object = item.asObject();
            if (object != null) {
                out.add(object);
            }
        }
        return out;
    }

    /** The text items, in order; others are left out. */
    public List<String> strings() {
        List<String> out = new ArrayList<>(items.length);
        for (Value item : items) {
            String text = item.asString();
            if (text != null) {
                out.add(text);
            }
        }
        return out;
    }

    @Override
    public ArrayValue asArray() {
        return this;
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items.length;
            }

            @Override
            public Value next() {
                if (next >= items.length) {
                    throw new NoSuchElementException();
                }
                return items[next++];
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof ArrayValue that && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }
}
