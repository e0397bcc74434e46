// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Lists of texts in one value: a record of comma-separated values, with quotes where a text has a comma. */
final class CommaSeparated {
    private CommaSeparated() {}

    /** The fields; none for the empty text. Throws {@link ScalarSyntaxException} with the text of Go's csv reader. */
    static List<String> record(String text) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (!text.isEmpty() && at <= text.length()) {
            StringBuilder field = new StringBuilder();
            at = at < text.length() && text.charAt(at) == '"' ? quoted(text, at + 1, field) : bare(text, at, field);
            fields.add(field.toString());
        }
        return fields;
    }

    /** Returns where the next field begins; beyond the end where there is none. */
    private static int bare(String text, int from, StringBuilder field) {
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma;
        int quote = text.indexOf('"', from);
        if (quote >= 0 && quote < end) {
            throw failure(quote, "bare \" in non-quoted field");
        }
        field.append(text, from, end);
        return end + 1;
    }

    private static int quoted(String text, int from, StringBuilder field) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '"') {
                field.append(c);
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append('"');
                at += 2;
            } else if (at + 1 == text.length() || text.charAt(at + 1) == ',') {
                return at + 2;
            } else {
                throw failure(at, "extraneous or missing \" in quoted-field");
            }
        }
        throw failure(at, "extraneous or missing \" in quoted-field");
    }

    private static ScalarSyntaxException failure(int at, String what) {
        return new ScalarSyntaxException("parse error on line 1, column " + (at + 1) + ": " + what);
    }
}
