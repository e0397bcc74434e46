// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Writes trees as YAML in the style of {@code sigs.k8s.io/yaml}: members in the natural order of their names, two spaces a
 * level, lists at the level of their name, quotes only where they are needed, texts of several lines as literal blocks, long
 * texts folded behind column 80. Not safe for use by several threads.
 */
public final class YamlWriter {
    private static final int LONGEST_SIMPLE_KEY = 128;
    private static final Comparator<String> NATURAL = new NaturalOrder();

    private final YamlEmitter out = new YamlEmitter();

    private YamlWriter() {}

    /** The bytes of one tree, with a line break at the end. */
    public static byte[] toBytes(Value value) {
        return toString(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The text of one tree, with a line break at the end. */
    public static String toString(Value value) {
        YamlWriter writer = new YamlWriter();
        writer.write(value, -2, false);
        return writer.out.finish();
    }

    /**
     * Writes a node.
     *
     * @param indent level of the collection around it, -2 for none
     * @param inMapping true where the node is the value of a member
     */
    private void write(Value value, int indent, boolean inMapping) {
        if (value instanceof ObjectValue object) {
            if (object.isEmpty()) {
                out.indicator("{", true, true, false);
                out.indicator("}", false, false, false);
            } else {
                mapping(object, indent + 2);
            }
        } else if (value instanceof ArrayValue array) {
            if (array.isEmpty()) {
                out.indicator("[", true, true, false);
                out.indicator("]", false, false, false);
            } else {
                // a list that is the value of a member stands at the member's own level
                sequence(array, inMapping && !out.indention() ? indent : indent + 2);
            }
        } else {
            scalar(value, indent + 2);
        }
    }

    private void mapping(ObjectValue object, int indent) {
        Integer[] order = new Integer[object.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparing(object::keyAt, NATURAL));
        for (int i : order) {
            String key = object.keyAt(i);
            out.indent(indent);
            int bytes = key.getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= LONGEST_SIMPLE_KEY && !YamlText.of(key).multiline()) {
                out.text(key, indent + 2, YamlEmitter.Place.SIMPLE_KEY);
                out.indicator(":", false, false, false);
            } else {
                out.indicator("?", true, false, true);
                out.text(key, indent + 2, YamlEmitter.Place.VALUE);
                out.indent(indent);
                out.indicator(":", true, false, true);
            }
            write(object.valueAt(i), indent, true);
        }
    }

    private void sequence(ArrayValue array, int indent) {
        for (Value item : array) {
            out.indent(indent);
            out.indicator("-", true, false, true);
            write(item, indent, false);
        }
    }

    private void scalar(Value value, int indent) {
        if (value instanceof StringValue text) {
            out.text(text.value(), Math.max(indent, 2), YamlEmitter.Place.VALUE);
        } else if (value instanceof NumberValue number) {
            out.plain(number(number), indent, true);
        } else {
            out.plain(value.toString(), indent, true);
        }
    }

    /** A number as it comes out after it went through JSON text. */
    private static String number(NumberValue number) {
        if (number.isInteger()) {
            return Long.toString(number.longValue());
        }
        double value = number.doubleValue();
        if (value == Math.rint(value) && Math.abs(value) < 0x1p64) {
            BigInteger exact = new BigDecimal(number.canonical()).toBigInteger();
            if (value >= -0x1p63 && exact.bitLength() <= 64) {
                return exact.toString();
            }
        }
        return YamlScalars.shortest(Double.toString(value), value);
    }
}
