// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.List;

/** What stands above the values of a name, and how one of them is written. */
record Header(String name, String help, String type) {
    void write(StringBuilder out) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(help, false))
                .append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One value; labels without value are left out only where there are none at all. */
    void sample(StringBuilder out, String suffix, List<String> labels, List<String> values, double value) {
        out.append(name).append(suffix);
        if (!labels.isEmpty()) {
            char before = '{';
            for (int i = 0; i < labels.size(); i++) {
                out.append(before)
                        .append(labels.get(i))
                        .append("=\"")
                        .append(escaped(values.get(i), true))
                        .append('"');
                before = ',';
            }
            out.append('}');
        }
        out.append(' ').append(number(value)).append('\n');
    }

    /** A number as Go's printer has it where that matters: whole ones without fraction, infinity with its sign. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value).replace("E", "e");
    }

    private static String escaped(String text, boolean quoted) {
        if (text.indexOf('\\') < 0 && text.indexOf('\n') < 0 && text.indexOf('"') < 0) {
            return text;
        }
        String plain = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quoted ? plain.replace("\"", "\\\"") : plain;
    }
}
