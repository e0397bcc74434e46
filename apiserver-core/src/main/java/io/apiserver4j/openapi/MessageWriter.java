// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.Value;
import io.apiserver4j.value.YamlWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes protobuf messages field by field; a nested one is made aside, since its length stands before it. */
final class MessageWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    byte[] toByteArray() {
        return out.toByteArray();
    }

    void message(int number, Consumer<MessageWriter> content) {
        MessageWriter nested = new MessageWriter();
        content.accept(nested);
        varint((long) number << 3 | 2);
        varint(nested.out.size());
        byte[] bytes = nested.out.toByteArray();
        out.write(bytes, 0, bytes.length);
    }

    /** A text; an absent or empty one is left out. */
    void text(int number, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            bytes(number, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void flag(int number, boolean value) {
        if (value) {
            varint((long) number << 3);
            varint(1);
        }
    }

    void integer(int number, long value) {
        if (value != 0) {
            varint((long) number << 3);
            varint(value);
        }
    }

    void real(int number, double value) {
        if (value != 0) {
            varint((long) number << 3 | 1);
            long bits = Double.doubleToLongBits(value);
            for (int i = 0; i < 8; i++) {
                out.write((int) (bits >>> 8 * i));
            }
        }
    }

    /** A value of any form, which goes as YAML. */
    void any(int number, @Nullable Value value) {
        if (value != null) {
            message(number, any -> any.text(2, YamlWriter.toString(value)));
        }
    }

    /** A value under a name. */
    void named(int number, String name, Consumer<MessageWriter> value) {
        message(number, pair -> {
            pair.text(1, name);
            pair.message(2, value);
        });
    }

    private void bytes(int number, byte[] bytes) {
        varint((long) number << 3 | 2);
        varint(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
