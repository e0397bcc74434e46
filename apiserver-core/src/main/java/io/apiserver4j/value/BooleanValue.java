// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** A boolean node; there are two. */
public final class BooleanValue extends Value {
    /** The node for true. */
    public static final BooleanValue TRUE = new BooleanValue(true);
    /** The node for false. */
    public static final BooleanValue FALSE = new BooleanValue(false);

    private final boolean value;

    private BooleanValue(boolean value) {
        this.value = value;
    }

    /** The truth of this node. */
    public boolean value() {
        return value;
    }

    @Override
    public Boolean asBoolean() {
        return value;
    }

    @Override
    public String typeName() {
        return "bool";
    }
}
