// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;

/** The text of a patched document as messages quote it: compact JSON in which numbers stand as somebody wrote them. */
public final class PatchedText {
    private PatchedText() {}

    /** The text of a result of {@link JsonPatch} or {@link MergePatch}. */
    public static String of(Value document) {
        JsonWriter out = new JsonWriter(1024);
        write(document, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void write(Value value, JsonWriter out) {
        if (value instanceof ObjectValue object) {
            out.writeByte('{');
            for (int i = 0; i < object.size(); i++) {
                if (i > 0) {
                    out.writeByte(',');
                }
                out.writeText(object.keyAt(i));
                out.writeByte(':');
                write(object.valueAt(i), out);
            }
            out.writeByte('}');
        } else if (value instanceof ArrayValue array) {
            out.writeByte('[');
            for (int i = 0; i < array.size(); i++) {
                if (i > 0) {
                    out.writeByte(',');
                }
                write(array.get(i), out);
            }
            out.writeByte(']');
        } else if (value instanceof NumberValue number) {
            out.writeAscii(number.literal());
        } else {
            out.write(value);
        }
    }
}
