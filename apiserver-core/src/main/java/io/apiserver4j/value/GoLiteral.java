// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** Trees in the form of Go's {@code %#v} for untyped values, which a few messages of the YAML parser carry. */
final class GoLiteral {
    private GoLiteral() {}

    static String of(Value value) {
        StringBuilder out = new StringBuilder();
        print(value, out, true);
        return out.toString();
    }

    private static void print(Value value, StringBuilder out, boolean top) {
        if (value instanceof ObjectValue object) {
            String separator = "map[interface {}]interface {}{";
            if (object.isEmpty()) {
                out.append(separator);
            }
            for (ObjectValue.Member member : object) {
                out.append(separator).append(quote(member.key())).append(':');
                print(member.value(), out, false);
                separator = ", ";
            }
            out.append('}');
        } else if (value instanceof ArrayValue array) {
            out.append("[]interface {}{");
            for (int i = 0; i < array.size(); i++) {
                out.append(i > 0 ? ", " : "");
                print(array.get(i), out, false);
            }
            out.append('}');
        } else if (value instanceof StringValue text) {
            out.append(quote(text.value()));
        } else if (value instanceof NullValue) {
            out.append(top ? "<nil>" : "interface {}(nil)");
        } else {
            out.append(value);
        }
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
