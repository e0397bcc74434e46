// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.math.BigDecimal;
import java.time.Instant;

/** A node of a document as a cell of a column type: what does not fit the type is null. */
final class CellTypes {
    private CellTypes() {}

    static Value cell(String type, Value value, Instant now) {
        if (type.equals("string")) {
            return Value.of(text(value));
        }
        NumberValue number = value.asNumber();
        String text = value.asString();
        return switch (type) {
            case "integer" -> number == null ? Value.nul() : Value.of(number.longValue());
            case "number" -> number == null ? Value.nul() : NumberValue.of(number.doubleValue());
            case "boolean" -> value.asBoolean() == null ? Value.nul() : value;
            case "date" -> text == null ? Value.nul() : Value.of(date(text, now));
            default -> Value.nul();
        };
    }

    private static String date(String text, Instant now) {
        if (text.isEmpty() || text.equals("null")) {
            return HumanForms.UNKNOWN;
        }
        Instant then = HumanForms.time(text);
        return then == null ? "<invalid>" : HumanForms.since(then, now);
    }

    /** The node as kubectl prints it: texts as they are, lists and objects as JSON with ordered members. */
    static String text(Value value) {
        String text = value.asString();
        NumberValue number = value.asNumber();
        if (text != null) {
            return text;
        }
        if (number != null) {
            return number.isInteger() ? number.canonical() : decimal(number.doubleValue());
        }
        return value.isNull() ? "<no value>" : JsonWriter.toString(ordered(value));
    }

    /** The shortest decimal, with an exponent where it is below 0.0001 or has more than six digits before the point. */
    private static String decimal(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        String mantissa = exact.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        int power = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + power;
    }

    private static Value ordered(Value value) {
        ObjectValue object = value.asObject();
        ArrayValue array = value.asArray();
        if (array != null) {
            return array.map(CellTypes::ordered);
        }
        if (object == null) {
            return value;
        }
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member member : object.sorted()) {
            out.append(member.key(), ordered(member.value()));
        }
        return out.build();
    }
}
