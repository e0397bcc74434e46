// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.nio.charset.StandardCharsets;

/**
 * Finds what is wrong with a JSON text, in the words of Go's decoder, which clients see. It runs only after a text was
 * refused, so it may be slow; it is a plain recursive-descent check with the depth bound of the reader.
 */
final class GoSyntax {
    private static final String END = "unexpected end of JSON input";

    private final byte[] text;
    private int at;
    private int depth;

    private GoSyntax(byte[] text) {
        this.text = text;
    }

    /** The message for a text that was refused. */
    static String describe(byte[] text) {
        GoSyntax check = new GoSyntax(text);
        try {
            check.space();
            check.value();
            check.space();
            if (check.at < text.length) {
                return check.bad("after top-level value").getMessage();
            }
            return "invalid JSON";
        } catch (JsonSyntaxException e) {
            return e.getMessage();
        } catch (StackOverflowError e) {
            return check.bad("exceeded max depth").getMessage();
        }
    }

    private void value() {
        if (at >= text.length) {
            throw new JsonSyntaxException(END);
        }
        switch (text[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void enter() {
        if (++depth > JsonReader.MAX_DEPTH) {
            throw bad("exceeded max depth");
        }
        at++;
    }

    private void object() {
        enter();
        space();
        if (peek() == '}') {
            at++;
            depth--;
            return;
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw bad("looking for beginning of object key string");
            }
            string();
            space();
            if (peek() != ':') {
                throw bad("after object key");
            }
            at++;
            space();
            value();
            space();
            int next = peek();
            if (next == '}') {
                at++;
                depth--;
                return;
            }
            if (next != ',') {
                throw bad("after object key:value pair");
            }
            at++;
        }
    }

    private void array() {
        enter();
        space();
        if (peek() == ']') {
            at++;
            depth--;
            return;
        }
        while (true) {
            space();
            value();
            space();
            int next = peek();
            if (next == ']') {
                at++;
                depth--;
                return;
            }
            if (next != ',') {
                throw bad("after array element");
            }
            at++;
        }
    }

    private void string() {
        at++;
        while (true) {
            int c = peek();
            if (c == '"') {
                at++;
                return;
            }
            if (c < 0x20) {
                throw bad("in string literal");
            }
            at++;
            if (c == '\\') {
                int escaped = peek();
                if (escaped == 'u') {
                    at++;
                    for (int i = 0; i < 4; i++, at++) {
                        if (Character.digit(peek(), 16) < 0) {
                            throw bad("in \\u hexadecimal character escape");
                        }
                    }
                } else if ("bfnrt\\/\"".indexOf(escaped) >= 0) {
                    at++;
                } else {
                    throw bad("in string escape code");
                }
            }
        }
    }

    private void word(String word) {
        for (int i = 1; i < word.length(); i++) {
            at++;
            if (peek() != word.charAt(i)) {
                throw bad("in literal " + word + " (expecting " + quote(word.charAt(i)) + ")");
            }
        }
        at++;
    }

    private void number() {
        if (peek() == '-') {
            at++;
            if (!digit(peek())) {
                throw bad("in numeric literal");
            }
        }
        if (!digit(peek())) {
            throw bad("looking for beginning of value");
        }
        if (text[at++] != '0') {
            digits();
        }
        if (at < text.length && text[at] == '.') {
            at++;
            if (!digit(peek())) {
                throw bad("after decimal point in numeric literal");
            }
            digits();
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (!digit(peek())) {
                throw bad("in exponent of numeric literal");
            }
            digits();
        }
    }

    private void digits() {
        while (at < text.length && digit(text[at])) {
            at++;
        }
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private void space() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private int peek() {
        if (at >= text.length) {
            throw new JsonSyntaxException(END);
        }
        return text[at] & 0xff;
    }

    private JsonSyntaxException bad(String context) {
        return new JsonSyntaxException("invalid character " + quote(text[at] & 0xff) + " " + context);
    }

    private static String quote(int c) {
        if (c == '\'') {
            return "'\\''";
        }
        if (c == '"') {
            return "'\"'";
        }
        return switch (c) {
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case 7 -> "'\\a'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case 11 -> "'\\v'";
            default ->
                c < 0x20 || c == 0x7f || c >= 0x80 && c < 0xa0 || c == 0xad
                        ? (c < 0x80 ? String.format("'\\x%02x'", c) : String.format("'\\u%04x'", c))
                        : "'" + new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1) + "'";
        };
    }
}
