// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** The null node; there is one. */
public final class NullValue extends Value {
    /** The null node. */
    public static final NullValue NULL = new NullValue();

    private NullValue() {}

    @Override
    public String typeName() {
        return "null";
    }
}
