// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** How messages show a body that was not understood. */
final class BodySummary {
    private static final int SHOWN = 30;

    private BodySummary() {}

    /** The first bytes: as text where they look like JSON, else in hexadecimal. */
    static String of(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        byte[] start = body.length > SHOWN ? Arrays.copyOf(body, SHOWN) : body;
        String shown = body[0] == '{' ? text(start) : HexFormat.of().formatHex(start);
        return body.length > SHOWN ? shown + " ..." : shown;
    }

    /** All of it as text. */
    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
