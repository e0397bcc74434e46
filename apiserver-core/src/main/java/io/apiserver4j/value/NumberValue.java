// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import org.jspecify.annotations.Nullable;

/**
 * A number node. Integers within 64 bits are kept exactly; everything else is a double, as Kubernetes keeps it in untyped
 * objects. A number remembers the text it was read from where that text is not its canonical form, because error messages
 * of typed fields quote it.
 */
public final class NumberValue extends Value {
    private static final NumberValue[] SMALL = new NumberValue[1280];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new NumberValue(true, i - 256L, 0, null);
        }
    }

    private final boolean integer;
    private final long longValue;
    private final double doubleValue;
    private final @Nullable String literal;

    private NumberValue(boolean integer, long longValue, double doubleValue, @Nullable String literal) {
        this.integer = integer;
        this.longValue = longValue;
        this.doubleValue = doubleValue;
        this.literal = literal;
    }

    /** The node for an integer. */
    public static NumberValue of(long value) {
        return value >= -256 && value < 1024 ? SMALL[(int) value + 256] : new NumberValue(true, value, 0, null);
    }

    /** The node for a decimal; the value must be finite. */
    public static NumberValue of(double value) {
        return new NumberValue(false, (long) value, value, null);
    }

    /** The node for a decimal that was written as {@code literal}. */
    public static NumberValue of(double value, String literal) {
        return new NumberValue(false, (long) value, value, literal);
    }

    /** True where this number was written as an integer that fits 64 bits. */
    public boolean isInteger() {
        return integer;
    }

    /** The integer, or the decimal cut to an integer. */
    public long longValue() {
        return longValue;
    }

    /** The value as a double. */
    public double doubleValue() {
        return integer ? longValue : doubleValue;
    }

    /** The text this number was read from, or its canonical text. */
    public String literal() {
        return literal != null ? literal : canonical();
    }

    /** The text that this number is written as. */
    public String canonical() {
        return integer ? Long.toString(longValue) : Decimals.format(doubleValue);
    }

    /** The text that Go's {@code %v} prints, which messages about untyped numbers carry: {@code 1e+06}, {@code 0.5}. */
    public String plain() {
        return integer ? Long.toString(longValue) : Decimals.formatPlain(doubleValue);
    }

    @Override
    public NumberValue asNumber() {
        return this;
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumberValue that
                && integer == that.integer
                && (integer ? longValue == that.longValue : Double.compare(doubleValue, that.doubleValue) == 0);
    }

    @Override
    public int hashCode() {
        return integer ? Long.hashCode(longValue) : Double.hashCode(doubleValue);
    }
}
