// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.Query;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request line, read as Go's net/http reads it.
 *
 * @param path the path, still escaped
 * @param authority the host of an absolute target, null where the target names none
 */
record RequestTarget(String path, Query query, @Nullable String authority) {
    /** Reads a target; null where it makes no sense. */
    static @Nullable RequestTarget parse(String method, String raw) {
        if (raw.isEmpty() || !clean(raw)) {
            return null;
        }
        if (method.equals("CONNECT") && raw.charAt(0) != '/') {
            return new RequestTarget("", Query.NONE, raw);
        }
        if (raw.equals("*")) {
            return new RequestTarget("*", Query.NONE, null);
        }
        String authority = null;
        String rest = raw;
        if (raw.charAt(0) != '/') {
            int scheme = raw.indexOf(':');
            if (scheme <= 0 || !isScheme(raw, scheme)) {
                return null;
            }
            rest = raw.substring(scheme + 1);
            if (!rest.startsWith("/")) { // opaque to Go: it has no path
                return new RequestTarget("", Query.NONE, null);
            }
            if (rest.startsWith("//")) {
                int end = 2;
                while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
                    end++;
                }
                authority = rest.substring(2, end);
                rest = rest.substring(end);
                if (!isHost(authority.substring(authority.lastIndexOf('@') + 1))) {
                    return null;
                }
            }
        }
        int mark = rest.indexOf('?');
        String path = mark < 0 ? rest : rest.substring(0, mark);
        if (path.indexOf('%') >= 0 && Query.decode(path, false) == null) {
            return null;
        }
        return new RequestTarget(path, mark < 0 ? Query.NONE : Query.parse(rest.substring(mark + 1)), authority);
    }

    /** Text whose bytes were read one by one, as the UTF-8 that it is. */
    static String utf8(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) > 0x7f) {
                return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }

    private static boolean clean(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** A host with or without a port, in which only bytes beyond ASCII may be escaped. */
    private static boolean isHost(String host) {
        int close = host.startsWith("[") ? host.indexOf(']') : -1;
        if (host.startsWith("[") && close < 0) {
            return false;
        }
        int colon = close >= 0 ? close + 1 : host.lastIndexOf(':');
        for (int i = Math.max(colon, 0); colon >= 0 && i < host.length(); i++) {
            boolean right = i == colon ? host.charAt(i) == ':' : host.charAt(i) >= '0' && host.charAt(i) <= '9';
            if (!right) {
                return false;
            }
        }
        for (int i = host.indexOf('%', close + 1); i >= 0; i = host.indexOf('%', i + 1)) {
            boolean beyond = i + 2 < host.length()
                    && Character.digit(host.charAt(i + 1), 16) >= 8
                    && Character.digit(host.charAt(i + 2), 16) >= 0;
            if (!beyond) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(String raw, int end) {
        for (int i = 0; i < end; i++) {
            char c = raw.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !later)) {
                return false;
            }
        }
        return true;
    }
}
