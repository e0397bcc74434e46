// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** How header fields are spelled on the wire. */
final class FieldNames {
    private static final int KNOWN_MOST = 512;
    private static final ConcurrentHashMap<String, AsciiString> KNOWN = new ConcurrentHashMap<>();

    private FieldNames() {}

    /** The name as Go's server writes it over HTTP/1.1: each word begins with a capital letter. */
    static AsciiString canonical(String name) {
        AsciiString known = KNOWN.get(name);
        if (known == null) {
            known = AsciiString.of(spell(name));
            if (KNOWN.size() < KNOWN_MOST) {
                KNOWN.put(name, known);
            }
        }
        return known;
    }

    /** The value as it may stand on a line: line ends become spaces, and what is not ASCII is UTF-8. */
    static CharSequence value(String value) {
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                return value(value.replace('\n', ' ').replace('\r', ' ').replace('\0', ' '));
            }
            ascii &= c < 0x80;
        }
        return ascii ? value : new AsciiString(value.getBytes(StandardCharsets.UTF_8), false);
    }

    /** True for fields that belong to one connection of HTTP/1.1 and make no sense over HTTP/2. */
    static boolean ofConnection(String name) {
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> true;
            default -> false;
        };
    }

    private static String spell(String name) {
        StringBuilder out = new StringBuilder(name.length());
        boolean first = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(first && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
            first = c == '-';
        }
        return out.toString();
    }
}
