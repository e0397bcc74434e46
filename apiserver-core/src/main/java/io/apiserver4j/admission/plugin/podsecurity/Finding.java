// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import java.util.Collection;

/**
 * What a check found.
 *
 * @param reason what is wrong, in few words
 * @param detail where, or the empty text
 */
record Finding(String reason, String detail) {
    @Override
    public String toString() {
        return detail.isEmpty() ? reason : reason + " (" + detail + ")";
    }

    /** {@code container "a"}, {@code containers "a", "b"}. */
    static String named(String one, Collection<String> names) {
        return plural(one, names.size()) + " " + quoted(names);
    }

    static String plural(String one, int count) {
        return count == 1 ? one : one + "s";
    }

    static String quoted(Collection<String> names) {
        return names.isEmpty() ? "" : '"' + String.join("\", \"", names) + '"';
    }
}
