// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource: {@code 500m}, {@code 1536Mi}, {@code 12e6}. Exact, immutable, and in all that clients see as
 * k8s.io/apimachinery api/resource has it: an amount is a 64 bit integer with a power of ten as long as that holds it, and
 * a decimal of any size beyond. The two round differently in places, which is kept.
 *
 * <p>Equality is equality of the amounts: {@code 1} equals {@code 1000m}.
 */
public final class Quantity implements Comparable<Quantity> {
    /** How an amount is printed. */
    public enum Format {
        /** Powers of 1000 as letters: n, u, m, none, k, M, G, T, P, E. */
        DECIMAL_SI,
        /** Powers of 1024 as letters: Ki, Mi, Gi, Ti, Pi, Ei. */
        BINARY_SI,
        /** Powers of ten as numbers: {@code 12e6}. */
        DECIMAL_EXPONENT
    }

    /** Nothing at all. */
    public static final Quantity ZERO = new Quantity(0, 0, null, Format.DECIMAL_SI, "0");

    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    /** The amount is {@code small * 10^exponent}, unless there is {@code big}. */
    private final long small;

    private final int exponent;
    private final @Nullable BigDecimal big;
    private final Format format;
    private @Nullable String text;

    private Quantity(long small, int exponent, @Nullable BigDecimal big, Format format, @Nullable String text) {
        this.small = small;
        this.exponent = exponent;
        this.big = big;
        this.format = format;
        this.text = text;
    }

    static Quantity small(long value, int exponent, Format format, @Nullable String text) {
        return new Quantity(value, exponent, null, format, text);
    }

    static Quantity big(BigDecimal value, Format format) {
        return new Quantity(0, 0, value, format, null);
    }

    /** A whole amount. */
    public static Quantity of(long value, Format format) {
        return small(value, 0, format, null);
    }

    /** An amount of thousandths. */
    public static Quantity ofMilli(long value, Format format) {
        return small(value, -3, format, null);
    }

    /** The amount {@code value * 10^exponent}. */
    public static Quantity ofScaled(long value, int exponent) {
        return small(value, exponent, Format.DECIMAL_SI, null);
    }

    /** Reads an amount; throws {@link ScalarSyntaxException} with Kubernetes' text where the text is none. */
    public static Quantity parse(String text) {
        return QuantityParser.parse(text);
    }

    /**
     * The text that an amount gets when its object is decoded and written again; blanks around it do not count. Throws
     * {@link ScalarSyntaxException} as {@link #parse} does. The same text is returned where it does not change.
     */
    public static String canonical(String text) {
        return QuantityParser.isPlain(text)
                ? text
                : parse(QuantityParser.trim(text)).toString();
    }

    /** How this amount is printed. */
    public Format format() {
        return format;
    }

    /** -1, 0 or 1. */
    public int sign() {
        return big != null ? big.signum() : Long.signum(small);
    }

    /** True where there is nothing. */
    public boolean isZero() {
        return sign() == 0;
    }

    /** The amount as a decimal. */
    public BigDecimal toDecimal() {
        return big != null ? big : new BigDecimal(BigInteger.valueOf(small), -exponent);
    }

    /** The amount as a floating point number, about. */
    public double approximate() {
        return big != null || exponent != 0 ? toDecimal().doubleValue() : small;
    }

    /** The whole amount, or null where it is no whole number that a 64 bit integer holds without further ado. */
    public @Nullable Long exactLong() {
        if (big != null || exponent < 0) {
            return null;
        }
        return scaleUp(small, exponent);
    }

    /** The amount rounded up to a whole number; of no use where that needs more than 64 bits. */
    public long value() {
        return scaledValue(0);
    }

    /** The amount in thousandths, rounded up; of no use where that needs more than 64 bits. */
    public long milliValue() {
        return scaledValue(-3);
    }

    /** The amount in units of {@code 10^scale}, rounded up; of no use where that needs more than 64 bits. */
    public long scaledValue(int scale) {
        if (big != null) {
            return scaled(big, -scale);
        }
        if (exponent < scale) {
            return scaleDown(small, (long) scale - exponent);
        }
        long power = (long) exponent - scale;
        Long scaled = scaleUp(small, power);
        if (scaled != null) {
            return scaled;
        }
        // an overflow shows the low bits for these powers and nothing for others: as in Kubernetes
        boolean low = power <= 3 || power == 6 || power == 9;
        return low && small != Long.MIN_VALUE
                ? small * BigInteger.TEN.pow((int) power).longValue()
                : 0;
    }

    private static long scaled(BigDecimal value, int digits) {
        BigInteger unscaled = value.unscaledValue();
        int surplus = value.scale() - digits;
        if (surplus <= 0) {
            return surplus == 0
                    ? unscaled.longValue()
                    : unscaled.longValue()
                            * BigInteger.TEN.pow(Math.min(-surplus, 400)).longValue();
        }
        if (surplus < 19 && unscaled.bitLength() < 64) {
            // Negative amounts go up by one from the cut value here, and from the next lower one below: as in
            // Kubernetes,
            // which for still smaller amounts shows nothing but the low bits; that is not followed.
            long divisor = BigInteger.TEN.pow(surplus).longValue();
            return unscaled.longValue() / divisor + (unscaled.longValue() % divisor != 0 ? 1 : 0);
        }
        BigInteger divisor = BigInteger.TEN.pow(surplus);
        boolean exact = unscaled.mod(divisor).signum() == 0;
        BigInteger floor = unscaled.subtract(unscaled.mod(divisor)).divide(divisor);
        return floor.longValue() + (exact ? 0 : 1);
    }

    /** {@code value * 10^power}, or null where that overflows. */
    private static @Nullable Long scaleUp(long value, long power) {
        if (value == 0) {
            return 0L;
        }
        long scaled = value;
        for (long i = 0; i < power; i++) {
            if (Math.multiplyHigh(scaled, 10) != scaled * 10 >> 63) {
                return null;
            }
            scaled *= 10;
        }
        return scaled;
    }

    /** {@code value / 10^power}, away from zero. */
    private static long scaleDown(long value, long power) {
        long scaled = value;
        boolean fraction = false;
        for (long i = 0; i < power && scaled != 0; i++) {
            fraction |= scaled % 10 != 0;
            scaled /= 10;
        }
        return fraction ? scaled + Long.signum(value) : scaled;
    }

    /** The sum; the format is this one's, or the other's where this is zero. */
    public Quantity plus(Quantity other) {
        Format printed = isZero() ? other.format : format;
        if (big == null && other.big == null) {
            if (other.small == 0) {
                return small(small, exponent, printed, null);
            }
            if (small == 0) {
                return small(other.small, other.exponent, printed, null);
            }
            int common = Math.min(exponent, other.exponent);
            Long mine = scaleUp(small, (long) exponent - common);
            Long theirs = scaleUp(other.small, (long) other.exponent - common);
            if (mine != null && theirs != null) {
                long sum = mine + theirs;
                if (((mine ^ sum) & (theirs ^ sum)) >= 0) {
                    return small(sum, common, printed, null);
                }
            }
        }
        return big(toDecimal().add(other.toDecimal()), printed);
    }

    /** The difference; the format is this one's, or the other's where this is zero. */
    public Quantity minus(Quantity other) {
        return plus(other.negated());
    }

    /** This amount with the other sign. */
    public Quantity negated() {
        return big != null ? big(big.negate(), format) : small(-small, exponent, format, null);
    }

    /** This amount several times. */
    public Quantity times(long factor) {
        if (big == null) {
            if (small == 0 || factor == 0) {
                return small(0, small == 0 ? exponent : 0, format, null);
            }
            if (Math.multiplyHigh(small, factor) == small * factor >> 63) {
                return small(small * factor, exponent, format, null);
            }
        }
        return big(toDecimal().multiply(BigDecimal.valueOf(factor)), format);
    }

    /** This amount rounded to a multiple of {@code 10^scale}, away from zero. */
    public Quantity roundedUp(int scale) {
        if (big != null) {
            return big(big.setScale(-scale, RoundingMode.UP), format);
        }
        return exponent >= scale ? this : small(scaleDown(small, (long) scale - exponent), scale, format, null);
    }

    @Override
    public int compareTo(Quantity other) {
        if (big == null && other.big == null && exponent == other.exponent) {
            return Long.compare(small, other.small);
        }
        return toDecimal().compareTo(other.toDecimal());
    }

    /** The canonical text: the largest suffix without fraction. A text that was read in such a form is kept. */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = print();
            text = known; // racy, but every thread makes the same text
        }
        return known;
    }

    private String print() {
        if (isZero()) {
            return "0";
        }
        if (format == Format.BINARY_SI && compareAbsolute(1024) >= 0) {
            BigDecimal amount = toDecimal();
            BigDecimal rounded = amount.scale() > 0 ? amount.setScale(0, RoundingMode.UP) : amount;
            if (rounded.compareTo(amount) == 0) {
                return printBinary(rounded.toBigIntegerExact());
            }
        }
        return printDecimal();
    }

    /** Compares with a small number, the sign not counted. */
    private int compareAbsolute(long number) {
        if (big == null && exponent == 0) {
            return small == Long.MIN_VALUE ? 1 : Long.compare(Math.abs(small), number);
        }
        return toDecimal().abs().compareTo(BigDecimal.valueOf(number));
    }

    private static String printBinary(BigInteger whole) {
        BigInteger mantissa = whole;
        int times = 0;
        while (mantissa.abs().compareTo(KIBI) >= 0) {
            BigInteger[] parts = mantissa.divideAndRemainder(KIBI);
            if (parts[1].signum() != 0) {
                break;
            }
            mantissa = parts[0];
            times++;
        }
        return mantissa + (times == 0 || times > 6 ? "" : "KMGTPE".charAt(times - 1) + "i");
    }

    private String printDecimal() {
        BigDecimal stripped = toDecimal().stripTrailingZeros();
        BigInteger mantissa = stripped.unscaledValue();
        int power = -stripped.scale();
        int surplus = Math.floorMod(power, 3);
        if (surplus != 0) {
            mantissa = mantissa.multiply(BigInteger.valueOf(surplus == 1 ? 10 : 100));
            power -= surplus;
        }
        return mantissa + suffix(power);
    }

    private String suffix(int power) {
        if (power == 0) {
            return "";
        }
        if (format == Format.DECIMAL_EXPONENT) {
            return "e" + power;
        }
        // a power without a letter is printed without one: what Kubernetes does with 1000E
        return power < -9 || power > 18 ? "" : String.valueOf("num\0kMGTPE".charAt(power / 3 + 3));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return toDecimal().stripTrailingZeros().hashCode();
    }
}
