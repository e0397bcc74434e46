// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.math.BigDecimal;

/** Trees in the form that Go prints untyped values in, which messages about patches quote. */
public final class GoPrint {
    private GoPrint() {}

    /** As {@code %v} prints it: {@code map[a:1 b:[x y]]}, members in the order of their names. */
    public static String plain(Value value) {
        StringBuilder out = new StringBuilder();
        plain(value, out);
        return out.toString();
    }

    private static void plain(Value value, StringBuilder out) {
        if (value instanceof StringValue text) {
            out.append(text.value());
        } else if (value instanceof ObjectValue object) {
            ObjectValue sorted = object.sorted();
            out.append("map[");
            for (int i = 0; i < sorted.size(); i++) {
                out.append(i > 0 ? " " : "").append(sorted.keyAt(i)).append(':');
                plain(sorted.valueAt(i), out);
            }
            out.append(']');
        } else if (value instanceof ArrayValue array) {
            out.append('[');
            for (int i = 0; i < array.size(); i++) {
                out.append(i > 0 ? " " : "");
                plain(array.get(i), out);
            }
            out.append(']');
        } else if (value instanceof NumberValue number) {
            out.append(number(number));
        } else if (value instanceof BooleanValue flag) {
            out.append(flag.value());
        } else {
            out.append("<nil>");
        }
    }

    /** As {@code %#v} prints it: {@code map[string]interface {}{"a":1}}. */
    public static String syntax(Value value) {
        StringBuilder out = new StringBuilder();
        syntax(value, out);
        return out.toString();
    }

    private static void syntax(Value value, StringBuilder out) {
        if (value instanceof StringValue text) {
            out.append(GoText.quote(text.value()));
        } else if (value instanceof ObjectValue object) {
            ObjectValue sorted = object.sorted();
            out.append("map[string]interface {}{");
            for (int i = 0; i < sorted.size(); i++) {
                out.append(i > 0 ? ", " : "")
                        .append(GoText.quote(sorted.keyAt(i)))
                        .append(':');
                syntax(sorted.valueAt(i), out);
            }
            out.append('}');
        } else if (value instanceof ArrayValue array) {
            out.append("[]interface {}{");
            for (int i = 0; i < array.size(); i++) {
                out.append(i > 0 ? ", " : "");
                syntax(array.get(i), out);
            }
            out.append('}');
        } else if (value.isNull()) {
            out.append("interface {}(nil)");
        } else {
            plain(value, out);
        }
    }

    /** The Go type of an untyped value: {@code string}, {@code int64}, {@code map[string]interface {}} … */
    public static String type(Value value) {
        if (value instanceof NumberValue number) {
            return number.isInteger() ? "int64" : "float64";
        }
        if (value instanceof ObjectValue) {
            return "map[string]interface {}";
        }
        if (value instanceof ArrayValue) {
            return "[]interface {}";
        }
        return value.isNull() ? "<nil>" : value.typeName();
    }

    private static String number(NumberValue number) {
        double value = number.doubleValue();
        if (number.isInteger() || value == 0) {
            return number.canonical();
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        int power = Math.abs(exponent);
        return out.append(exponent < 0 ? "e-" : "e+")
                .append(power < 10 ? "0" : "")
                .append(power)
                .toString();
    }
}
