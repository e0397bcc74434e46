// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Scalars as Go's types write them again after they were read; values that do not change are given back as they are.
 */
final class ScalarForms {
    private ScalarForms() {}

    /**
     * A scalar of a type that reads itself; null where the JSON type is a wrong one.
     *
     * @throws TypeMismatchException where the text is not of the type's form
     */
    static @Nullable Value read(Shape shape, Value in) {
        try {
            return switch (shape) {
                case INT_OR_STRING -> in instanceof StringValue || isInt32(in) ? in : null;
                case QUANTITY -> quantity(in);
                case TIME -> text(in, Timestamp::canonical);
                case MICRO_TIME -> text(in, Timestamp::canonicalMicro);
                case DURATION -> text(in, ScalarForms::duration);
                default -> throw new IllegalArgumentException("no such scalar: " + shape);
            };
        } catch (ScalarSyntaxException e) {
            throw new TypeMismatchException(e.text());
        }
    }

    private static boolean isInt32(Value in) {
        return in instanceof NumberValue number && number.isInteger() && number.longValue() == (int) number.longValue();
    }

    private static Value quantity(Value in) {
        if (in instanceof StringValue text) {
            return same(text, Quantity.canonical(text.value()));
        }
        String literal = in instanceof NumberValue number ? number.literal() : JsonWriter.toString(in);
        return Value.of(Quantity.canonical(literal));
    }

    /** A text in its canonical form; null as the canonical form is the type's nothing. */
    private static @Nullable Value text(Value in, UnaryOperator<@Nullable String> canonical) {
        if (!(in instanceof StringValue text)) {
            return null;
        }
        String form = canonical.apply(text.value());
        return form == null ? Value.nul() : same(text, form);
    }

    private static @Nullable String duration(@Nullable String text) {
        return text == null ? null : GoDuration.format(GoDuration.parse(text));
    }

    private static Value same(StringValue text, String form) {
        return text.value().equals(form) ? text : Value.of(form);
    }

    /** A number of a field of type float64: whole numbers lose their decimals, as Go writes them. */
    static Value decimal(NumberValue number) {
        double value = number.doubleValue();
        if (number.isInteger()) {
            long exact = (long) value;
            return exact == number.longValue() ? number : Value.of(exact);
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Value.of((long) value) : number;
    }

    /**
     * Base64 in its canonical form: line breaks are taken out, and unused bits of the last digit are cleared.
     *
     * @throws TypeMismatchException where it is no base64, with Go's text
     */
    static Value bytes(StringValue text) {
        String given = text.value();
        int length = given.length();
        int at = 0;
        while (at < length && digit(given.charAt(at)) >= 0) {
            at++;
        }
        int padding = length - at;
        boolean plain = length % 4 == 0
                && (padding == 0
                        || padding == 1 && given.charAt(at) == '=' && (digit(given.charAt(at - 1)) & 3) == 0
                        || padding == 2
                                && given.charAt(at) == '='
                                && given.charAt(at + 1) == '='
                                && (digit(given.charAt(at - 1)) & 15) == 0);
        return plain ? text : Value.of(Base64.getEncoder().encodeToString(decode(given)));
    }

    /** Bytes that were given as a list of numbers. */
    static Value bytes(Value numbers) {
        ArrayValue array = numbers.asArray();
        byte[] out = new byte[array == null ? 0 : array.size()];
        for (int i = 0; i < out.length; i++) {
            NumberValue number = array == null ? null : array.get(i).asNumber();
            out[i] = number == null ? 0 : (byte) number.longValue();
        }
        return Value.of(Base64.getEncoder().encodeToString(out));
    }

    /** As Go's standard decoder: line breaks do not count, padding is wanted, the first bad byte is named. */
    private static byte[] decode(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        int group = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (digit(c) >= 0) {
                digits.append(c);
                group = (group + 1) & 3;
                continue;
            }
            i = padding(text, i, group);
            group = 0;
        }
        if (group != 0) {
            throw corrupt(text, text.length() - group);
        }
        return Base64.getDecoder().decode(digits.toString());
    }

    /** Checks the padding that begins at a position, with so many digits before it; the last position of the text. */
    private static int padding(String text, int start, int group) {
        if (text.charAt(start) != '=' || group < 2) {
            throw corrupt(text, start);
        }
        int at = start;
        if (group == 2) {
            do {
                at++;
            } while (at < text.length() && isBreak(text.charAt(at)));
            if (at == text.length()) {
                throw corrupt(text, text.length());
            }
            if (text.charAt(at) != '=') {
                throw corrupt(text, at - 1);
            }
        }
        do {
            at++;
        } while (at < text.length() && isBreak(text.charAt(at)));
        if (at < text.length()) {
            throw corrupt(text, at);
        }
        return at;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static TypeMismatchException corrupt(String text, int at) {
        int utf8 = 0;
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            utf8 += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return new TypeMismatchException("illegal base64 data at input byte " + utf8);
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    /** What Go has where nothing was given: items of lists and values of maps that are null. */
    static Value zero(Schema schema) {
        return switch (schema.shape()) {
            case OBJECT -> schema.linked().zero();
            case STRING -> StringValue.EMPTY;
            case BOOLEAN -> Value.of(false);
            case INT32, INT64, UINT8, FLOAT64, INT_OR_STRING -> Value.of(0);
            case QUANTITY -> Value.of("0");
            case DURATION -> Value.of("0s");
            case LIST, MAP, BYTES, ANY, TIME, MICRO_TIME -> Value.nul();
        };
    }
}
