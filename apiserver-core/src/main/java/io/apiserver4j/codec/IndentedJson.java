// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.value.JsonWriter;

/** Compact JSON bytes set out for people: two spaces a level, a line for each member and item, no line break at the end. */
final class IndentedJson {
    private IndentedJson() {}

    static byte[] of(byte[] compact) {
        JsonWriter out = new JsonWriter(compact.length * 2);
        int level = 0;
        boolean inText = false;
        for (int i = 0; i < compact.length; i++) {
            byte b = compact[i];
            if (inText) {
                out.writeByte(b);
                if (b == '\\') {
                    out.writeByte(compact[++i]);
                } else if (b == '"') {
                    inText = false;
                }
                continue;
            }
            switch (b) {
                case '{', '[' -> {
                    out.writeByte(b);
                    if (compact[i + 1] == '}' || compact[i + 1] == ']') {
                        out.writeByte(compact[++i]);
                    } else {
                        line(out, ++level);
                    }
                }
                case '}', ']' -> {
                    line(out, --level);
                    out.writeByte(b);
                }
                case ',' -> {
                    out.writeByte(b);
                    line(out, level);
                }
                case ':' -> {
                    out.writeByte(b);
                    out.writeByte(' ');
                }
                default -> {
                    inText = b == '"';
                    out.writeByte(b);
                }
            }
        }
        return out.toByteArray();
    }

    private static void line(JsonWriter out, int level) {
        out.writeByte('\n');
        for (int i = 0; i < level; i++) {
            out.writeByte(' ');
            out.writeByte(' ');
        }
    }
}
