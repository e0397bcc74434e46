// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import org.jspecify.annotations.Nullable;

/**
 * One node of an immutable document tree: object, array, string, number, boolean or null. Equality is JSON equality: members
 * of objects have no order, numbers are equal when they are of the same kind (integer or decimal) and value.
 */
public abstract sealed class Value permits ObjectValue, ArrayValue, StringValue, NumberValue, BooleanValue, NullValue {

    Value() {}

    /** The node for a text. */
    public static StringValue of(String text) {
        return StringValue.of(text);
    }

    /** The node for an integer. */
    public static NumberValue of(long number) {
        return NumberValue.of(number);
    }

    /** The node for a boolean. */
    public static BooleanValue of(boolean value) {
        return value ? BooleanValue.TRUE : BooleanValue.FALSE;
    }

    /** The null node. */
    public static NullValue nul() {
        return NullValue.NULL;
    }

    /** True for the null node. */
    public final boolean isNull() {
        return this == NullValue.NULL;
    }

    /** This node as an object, or null where it is something else. */
    public @Nullable ObjectValue asObject() {
        return null;
    }

    /** This node as an array, or null where it is something else. */
    public @Nullable ArrayValue asArray() {
        return null;
    }

    /** The text of a string node, or null where it is something else. */
    public @Nullable String asString() {
        return null;
    }

    /** The number node, or null where it is something else. */
    public @Nullable NumberValue asNumber() {
        return null;
    }

    /** The truth of a boolean node, or null where it is something else. */
    public @Nullable Boolean asBoolean() {
        return null;
    }

    /** The word that JSON documents use for this type: object, array, string, number, bool or null. */
    public abstract String typeName();

    /** Compact JSON text of this node, members in their order. */
    @Override
    public final String toString() {
        return JsonWriter.toString(this);
    }
}
