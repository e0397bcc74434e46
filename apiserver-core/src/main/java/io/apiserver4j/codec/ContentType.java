// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Content-Type headers: the name of the type, as far as the whole header is well-formed. */
public final class ContentType {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?=";

    private final String text;
    private int at;

    private ContentType(String text) {
        this.text = text;
    }

    /** The media type in lower case without its parameters, or null where the header is broken. */
    public static @Nullable String name(String header) {
        int semicolon = header.indexOf(';');
        String base = semicolon < 0 ? header : header.substring(0, semicolon);
        String name = base.trim().toLowerCase(Locale.ROOT);
        String[] parts = name.split("/", -1);
        if (parts.length > 2 || !token(parts[0]) || parts.length == 2 && !token(parts[1])) {
            return null;
        }
        return semicolon < 0 || new ContentType(header.substring(semicolon)).parameters() ? name : null;
    }

    private static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!tokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean tokenChar(char c) {
        return c > 0x20 && c < 0x7f && SEPARATORS.indexOf(c) < 0;
    }

    /** Reads parameters, each once; a semicolon at the end may stand alone. */
    private boolean parameters() {
        Set<String> seen = new HashSet<>();
        while (true) {
            blanks();
            if (at == text.length()) {
                return true;
            }
            if (text.charAt(at) != ';') {
                return false;
            }
            at++;
            blanks();
            if (at == text.length()) {
                return true;
            }
            String name = takeToken().toLowerCase(Locale.ROOT);
            blanks();
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return false;
            }
            at++;
            blanks();
            if (!value() || !seen.add(name)) {
                return false;
            }
        }
    }

    private boolean value() {
        if (at < text.length() && text.charAt(at) == '"') {
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return true;
                }
                if (c == '\\') {
                    at++;
                } else if (c == '\r' || c == '\n') {
                    return false;
                }
            }
            return false;
        }
        return !takeToken().isEmpty();
    }

    private String takeToken() {
        int start = at;
        while (at < text.length() && tokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
