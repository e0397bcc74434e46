// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The names of field managers: what a client says, or the beginning of its user agent. */
public final class ManagerNames {
    /** Longest name, in bytes. */
    public static final int MAX_LENGTH = 128;

    private ManagerNames() {}

    /**
     * The manager of a request.
     *
     * @param fieldManager the option of the request, null or empty where it gives none
     * @param userAgent the header, null where there is none
     * @return may be empty, which is recorded as {@code unknown}
     */
    public static String of(@Nullable String fieldManager, @Nullable String userAgent) {
        if (fieldManager != null && !fieldManager.isEmpty()) {
            return fieldManager;
        }
        if (userAgent == null) {
            return "";
        }
        int slash = userAgent.indexOf('/');
        String prefix = slash < 0 ? userAgent : userAgent.substring(0, slash);
        StringBuilder out = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < prefix.length(); ) {
            int c = prefix.codePointAt(i);
            i += Character.charCount(c);
            if (!isPrintable(c)) {
                continue;
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > MAX_LENGTH) {
                break;
            }
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    /** Checks a name that a client gave: its length and that it can be printed. */
    public static void validate(String manager, ValuePath path, FieldErrors errors) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
            errors.tooLong(path, MAX_LENGTH);
        }
        int bytes = 0;
        for (int i = 0; i < manager.length(); ) {
            int c = manager.codePointAt(i);
            if (!isPrintable(c)) {
                errors.invalid(path, manager, String.format("invalid character U+%04X (at position %d)", c, bytes));
            }
            i += Character.charCount(c);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
    }

    /** As Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
