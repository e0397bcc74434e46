// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;

/** Numbers in queries, with the errors that Go's parser gives. */
final class QueryNumbers {
    private QueryNumbers() {}

    /** A 64-bit integer; 400 where the text is none. */
    static long parse(String text) {
        try {
            if (text.startsWith("+") && text.length() > 1 && !Character.isDigit(text.charAt(1))) {
                throw new NumberFormatException();
            }
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
            boolean range = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            throw Status.badRequest("strconv.ParseInt: parsing " + GoText.quote(text) + ": "
                            + (range ? "value out of range" : "invalid syntax"))
                    .asException();
        }
    }
}
