// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The moves that rules are made of. Objects come in the form that the schema's reader gives them: what is the zero of its
 * type is not there, unless it is always written.
 */
final class Fill {
    private Fill() {}

    /** True where nothing was given. */
    static boolean isAbsent(@Nullable Value value) {
        return value == null || value.isNull();
    }

    /** The object with a member, where it has none of that name. */
    static ObjectValue absent(ObjectValue object, String name, Value value) {
        return isAbsent(object.get(name)) ? object.with(name, value) : object;
    }

    /** The object with a text member, where it has none of that name. */
    static ObjectValue absent(ObjectValue object, String name, String value) {
        return absent(object, name, Value.of(value));
    }

    /** The object with an integer member, where it has none of that name. */
    static ObjectValue absent(ObjectValue object, String name, long value) {
        return absent(object, name, Value.of(value));
    }

    /** The object with a boolean member, where it has none of that name. */
    static ObjectValue absent(ObjectValue object, String name, boolean value) {
        return absent(object, name, Value.of(value));
    }

    /** The object with a member of this value; the same one where it has that. */
    static ObjectValue set(ObjectValue object, String name, Value value) {
        return value.equals(object.get(name)) ? object : object.with(name, value);
    }

    /** The object with a member changed, where that is an object. */
    static ObjectValue in(ObjectValue object, String name, UnaryOperator<ObjectValue> change) {
        ObjectValue member = object.getObject(name);
        return member == null ? object : object.with(name, change.apply(member));
    }

    /** The object with the objects of a list changed, one by one. */
    static ObjectValue each(ObjectValue object, String name, UnaryOperator<ObjectValue> change) {
        ArrayValue list = object.getArray(name);
        return list == null ? object : object.with(name, list.map(item -> inside(item, change)));
    }

    private static Value inside(Value item, UnaryOperator<ObjectValue> change) {
        ObjectValue object = item.asObject();
        return object == null ? item : change.apply(object);
    }

    /** The object with a map that also has all members of another which it lacks; the same one where it lacks none. */
    static ObjectValue missing(ObjectValue object, String name, @Nullable ObjectValue others) {
        if (others == null || others.isEmpty()) {
            return object;
        }
        ObjectValue map = object.objectOrEmpty(name);
        ObjectValue out = map;
        for (int i = 0; i < others.size(); i++) {
            out = out.has(others.keyAt(i)) ? out : out.with(others.keyAt(i), others.valueAt(i));
        }
        return out == map ? object : object.with(name, out);
    }

    /** The object with the labels of its pod template as its own, where it has none. */
    static ObjectValue labelsOf(ObjectValue template, ObjectValue object) {
        ObjectValue labels = template.objectAt("metadata", "labels");
        boolean has = !object.objectAt("metadata", "labels").isEmpty();
        return labels.isEmpty() || has ? object : object.withAt(labels, "metadata", "labels");
    }
}
